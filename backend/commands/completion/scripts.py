"""The scripts.  Each walks the words typed so far to where it stands, and offers what may follow there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.commands.completion.known import Node


def bash(nodes: Sequence[Node], name: str) -> str:
    """Return the script for bash."""
    steps = "|".join(_quoted(_at(node)) for node in nodes if node.path)
    values = "".join(
        f"    {_quoted(f'{_at(node)} {flag}')}) {_bash_words(words)} return ;;\n"
        for node, flag, words in _values(nodes)
    )
    offers = "".join(
        f"    {_quoted(_at(node))}) {_bash_words((*node.inner, *node.words, *node.options))} ;;\n" for node in nodes
    )
    return f"""\
# Completion of {name} for bash. Use it: source <(this), or keep it in ~/.local/share/bash-completion/completions/{name}
_{_word(name)}() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" at="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at ${{COMP_WORDS[i]}}" in
      {steps}) at="$at ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$at $prev" in
{values}  esac
  case "$at" in
{offers}  esac
}}
complete -o default -F _{_word(name)} {name}
"""


def zsh(nodes: Sequence[Node], name: str) -> str:
    """Return the script for zsh."""
    steps = "|".join(_quoted(_at(node)) for node in nodes if node.path)
    values = "".join(
        f"    {_quoted(f'{_at(node)} {flag}')}) {_zsh_words(words)}; return ;;\n"
        for node, flag, words in _values(nodes)
    )
    offers = "".join(f"    {_quoted(_at(node))}) {_zsh_offer(node)} ;;\n" for node in nodes)
    return f"""\
#compdef {name}
# Completion of {name} for zsh. Use it: source <(this), or keep it as _{name} in a folder of $fpath
_{_word(name)}() {{
  local at="" i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    case "$at $words[i]" in
      {steps}) at="$at $words[i]" ;;
    esac
  done
  case "$at $words[CURRENT-1]" in
{values}  esac
  case "$at" in
{offers}  esac
  _files
}}
compdef _{_word(name)} {name}
"""


def fish(nodes: Sequence[Node], name: str) -> str:
    """Return the script for fish."""
    word = _word(name)
    steps = " ".join(_quoted(_at(node)) for node in nodes if node.path)
    lines = [line for node in nodes for line in _fish_lines(node, name)]
    return f"""\
# Completion of {name} for fish. Use it: this | source, or keep it as ~/.config/fish/completions/{name}.fish
function __{word}_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case {steps}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end
{"".join(f"{line}{chr(10)}" for line in lines)}"""


def _fish_lines(node: Node, name: str) -> Iterable[str]:
    begin = f"complete -c {name} -n {_quoted(f'__{_word(name)}_at {_quoted_twice(_at(node))}')}"
    if node.inner:
        yield f"{begin} -f"
    for word, help in node.inner.items():
        yield f"{begin} -a {word} -d {_quoted(_plain(help))}"
    if node.words:
        yield f"{begin} -a {_quoted(' '.join(node.words))}"
    for flag, help in node.options.items():
        kind = "-l" if flag.startswith("--") else "-s"
        value = "" if flag not in node.values else " -r"
        choices = f" -f -a {_quoted(' '.join(node.values[flag]))}" if node.values.get(flag) else ""
        yield f"{begin} {kind} {flag.lstrip('-')}{value}{choices} -d {_quoted(_plain(help))}"


def _values(nodes: Sequence[Node]) -> Iterable[tuple[Node, str, tuple[str, ...]]]:
    return ((node, flag, words) for node in nodes for flag, words in node.values.items())


def _at(node: Node) -> str:
    return "".join(f" {word}" for word in node.path)


def _bash_words(words: Iterable[str]) -> str:
    """Return what offers words, and files where none is known."""
    return f'COMPREPLY=($(compgen -W {_quoted(" ".join(words))} -- "$cur"));'


def _zsh_words(words: Sequence[str]) -> str:
    return f"compadd -- {' '.join(map(_quoted, words))}" if words else "_files"


def _zsh_offer(node: Node) -> str:
    told = {**node.inner, **dict.fromkeys(node.words, ""), **node.options}
    entries = " ".join(_quoted(f"{word}:{_plain(help)}" if help else word) for word, help in told.items())
    return f"found=({entries}); _describe {_quoted('what may follow')} found"


def _plain(help: str) -> str:
    """Return a help text on one line without what shells make something of."""
    return " ".join(help.replace("%%", "%").replace(":", " -").split())


def _word(name: str) -> str:
    return name.replace("-", "_")


def _quoted(text: str) -> str:
    """Return a text in single quotation marks; one inside becomes a typographic one, which no shell minds."""
    return "'" + text.replace("'", "\u2019") + "'"


def _quoted_twice(text: str) -> str:
    return '"' + text + '"'
