// A text and its entities as nodes. Offsets count UTF-16 units, as JavaScript strings do.

import { element } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

export function formatted(text, entities, open) {
  return nodes(text, 0, text.length, [...entities], open);
}

// Entities come outermost first, so each takes those inside it and what is between stays text.
function nodes(text, start, end, entities, open) {
  const made = [];
  let at = start;
  while (entities.length) {
    const entity = entities.shift();
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset < at || stop <= entity.offset) continue;
    const inside = [];
    while (entities.length && entities[0].offset < stop) inside.push(entities.shift());
    const block = BLOCKS.has(entity.type);
    const before = text.slice(at, entity.offset);
    made.push(block ? before.replace(/\n$/, "") : before);
    made.push(wrap(entity, text.slice(entity.offset, stop), nodes(text, entity.offset, stop, inside, open), open));
    // A block starts and ends its own line: the line break beside it would show as an empty one.
    at = block && text[stop] === "\n" ? stop + 1 : stop;
  }
  made.push(text.slice(at, end));
  return made;
}

function wrap(entity, shown, inner, open) {
  if (entity.type === "spoiler") {
    const reveal = (event) => event.currentTarget.classList.add("seen");
    return element("span", { className: "spoiler", tabIndex: 0, onclick: reveal, onkeydown: reveal }, inner);
  }
  if (entity.type === "bot_command") {
    return element("button", { type: "button", className: "link", onclick: () => open.command(shown) }, inner);
  }
  const address = { text_link: entity.url, url: shown, email: `mailto:${shown}` }[entity.type];
  if (address) return anchor(address, inner, open);
  return element(TAGS[entity.type] ?? "span", {}, inner);
}

export function anchor(address, inner, open) {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (open.isBotLink(url)) {
    return element("button", { type: "button", className: "link", onclick: () => open.link(url) }, inner);
  }
  if (!/^(https?|mailto):/i.test(url)) return element("span", {}, inner);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner);
}
