from backend.model import Message
from backend.rules.hearing import blanked, own_spans
from backend.text.normalise import normalise


def heard(*messages):
    thread = [Message(sender, text) for sender, text in messages]
    view = normalise("\n".join(text for _, text in messages))
    return view, blanked(view, list(own_spans(thread)))


def test_own_messages_are_blanked_and_nothing_moves():
    view, only = heard(("them", "send it"), ("me", "no"), ("them", "please"))
    assert only.folded == "send it\n\n\n\nplease"
    assert len(only.clean) == len(view.clean)


def test_characters_that_vanish_or_multiply_keep_their_place():
    words = "bí mật"
    view, only = heard(("me", "tô\u0301i\u200b ﬁne"), ("them", words))
    at = only.folded.index(words)
    assert only.folded[:at].strip() == ""
    assert view.raw[slice(*only.span(at, at + len(words)))] == words


def test_a_chat_of_the_other_side_alone_is_left_as_it_is():
    view, only = heard(("them", "send it"))
    assert only is view
