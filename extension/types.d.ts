/** The nouns of the extension, for the type checker; nothing here runs. */

type Level = 'clear' | 'note' | 'warn' | 'stop';
type Outcome = 'sent' | 'edited' | 'removed' | 'cancelled' | 'not_useful';
type FaultKind =
  | 'unpaired' | 'stopped' | 'slow' | 'token' | 'old' | 'foreign' | 'failed' | 'busy' | 'too_large' | 'unreadable'
  | 'code' | 'unproven' | 'unreachable' | 'refused' | 'rejected' | 'missing' | 'lost' | 'orphaned' | 'worker' | 'paused' | 'no_site' | 'address';

interface Place { part: string; start?: number; end?: number; page?: number | null; box?: [number, number, number, number] | null }
interface FindingJson {
  rule: string; category: string; level: Level; score: number; title: string; reason: string; advice: string;
  places: Place[]; remedies: string[];
}
interface GapJson { part: string; reason: string; message: string; page?: number | null }
interface VerdictJson {
  id: string; level: Level; score: number; findings: FindingJson[]; gaps: GapJson[];
  /** What the policy lets the level do where that is not as usual. */
  action?: 'mark' | 'ask' | 'hold' | 'refuse';
}
interface DraftJson {
  text: string; site: string; channel: string; audience: string; language?: string;
  thread?: { from: string; text: string }[]; attachments: string[];
}
interface DecisionJson { verdict: string; outcome: Outcome; rules: string[]; channel?: string; level?: Level }

interface Settings {
  server: string; language: string; sitesOff: string[]; pausedUntil: number; sitesPaused: Record<string, number>;
  servers: ServerName[]; siteServers: Record<string, string>; marks: boolean; chats: boolean; picks: Record<string, Picked[]>; preset: Preset;
}
interface ServerName { address: string; name: string }
interface ServerView { address: string; server: { state: string; version: string }; paired: boolean; account: Account | null }
/** Whose device this is at a team's server. */
interface Account { name: string; role: string; device: string; expires: string | null }
/** What an administrator presets; see managed_schema.json. */
interface Preset {
  server?: string; joinCode?: string; servers?: { address: string; name?: string }[]; language?: string; sitesAlways?: string[]; sitesNever?: string[];
  mayPause?: boolean; mayQuieten?: boolean; mayShareStopped?: boolean; mayReadChats?: boolean;
}
/** What the person, or the administrator, wishes of the content scripts of a site. */
interface Wishes { marks: boolean; chats: boolean; mayShareStopped: boolean; mayQuieten: boolean }
/** A box that the person has shown by clicking it. */
interface Picked { match: string; send: string; enter: 'send' | 'newline' | 'ctrl' }
/** Where the messages of a chat stand; `mine` tells the person's own, `side` by where they stand. */
interface Thread { message: string; text?: string; mine: string }
interface Message { from: 'me' | 'them'; text: string }

/** How a box behaves; a box of sites.json may override what its site says. */
interface Behaviour {
  send: string[]; verbs?: string[]; labels?: string[]; enter: 'send' | 'newline' | 'ctrl'; channel: string; audience: string; files: 'with-send' | 'at-once'; thread?: Thread;
}
interface BoxEntry extends Partial<Behaviour> { match: string; group?: string; guess?: boolean; picked?: boolean }
/** `outgoing`: what the page posts is looked at as well, since its send controls have no lasting name. `later`: asked for when the person switches it on, not at install. `added`: a site that the person added. */
interface Site extends Behaviour { id: string; name: string; nameKey?: string; later?: boolean; added?: boolean; outgoing?: boolean; matches: string[]; boxes: BoxEntry[] }
interface Kind extends Behaviour { match: string; group?: string; guess?: boolean; picked?: boolean }

interface Page { site: Site; origin: string; tabId: number; frameId: number }
interface PairingView { state: string; code: string }

/** A composer of the page: the boxes that one send control sends together. */
interface Composer { box: HTMLElement; boxes: HTMLElement[]; kind: Kind; root: ParentNode }
interface Segment { node: Text; start: number; end: number; from: number }
interface Reading { text: string; segments: Segment[] }
interface Item {
  uid: string; file: File; id: string; state: 'uploading' | 'reading' | 'done' | 'failed'; done: number; total: number;
  unit: string; fault: FaultKind | ''; box: HTMLElement | null; input: HTMLInputElement | null; settled: Promise<void>;
}
interface Draft { text: string; items: Item[]; key: string; composer: Composer | null; kind: Kind; thread: Message[] }
interface Fault { kind: FaultKind; detail: string }
/** What is known of a draft: a verdict, or why there is none. */
interface Judgement { verdict: VerdictJson | null; fault: Fault | null; draft: Draft }
interface Attempt { composer: Composer; replay: () => void; draft: Draft }
