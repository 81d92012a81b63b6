// One message as a bubble.

import { avatar, clock, element, fileSize, icon, tint } from "./dom.js";
import { anchor, formatted } from "./entities.js";
import { media } from "./server.js";

// `phone` gives: me (id of whoever types here), group (bool), open {command, link, isBotLink}, press(message, row, column).
export function bubble(message, phone) {
  if (message.service) {
    return element("div", { className: "service", "data-testid": "message" }, message.service);
  }
  const mine = message.sender.id === phone.me;
  const side = mine ? "mine" : "theirs";
  return element(
    "article",
    {
      className: `message ${side}${message.sticker ? " sticker" : ""}`,
      "data-testid": "message",
      "data-message-id": message.id,
      "data-from": message.from_bot ? "bot" : "person",
      "aria-label": `${message.sender.name}, ${clock(message.date)}`,
    },
    phone.group && !mine ? avatar(message.sender.name, message.sender.id) : null,
    element("div", { className: "column" }, content(message, phone, mine), keyboard(message, phone)),
  );
}

function content(message, phone, mine) {
  const reply = (event) => { event.preventDefault(); phone.replyTo(message); };
  return element(
    "div",
    { className: "bubble", ondblclick: reply, title: phone.group ? "Nhấp đúp để trả lời" : undefined },
    phone.group && !mine
      ? element("div", { className: `who ${tint(message.sender.id)}` }, message.sender.name)
      : null,
    message.forwarded_from
      ? element("div", { className: "forwarded" }, "Chuyển tiếp từ ", element("b", {}, message.forwarded_from))
      : null,
    message.reply
      ? element("div", { className: "quote" }, element("b", {}, message.reply.name), element("span", {}, message.reply.text))
      : null,
    attachment(message),
    message.text
      ? element("div", { className: "text", "data-testid": "text" }, formatted(message.text, message.entities, phone.open))
      : null,
    element("time", {}, message.edited ? "đã sửa " : "", clock(message.date)),
  );
}

function attachment(message) {
  if (message.photo) {
    const alt = `Ảnh ${message.photo.name}`;
    return element("img", { className: "photo", src: media(message.photo.id), alt, loading: "lazy" });
  }
  // A picture that lies elsewhere: nothing is loaded from there unasked.
  if (/^https?:/i.test(message.picture ?? "")) {
    const target = { href: message.picture, target: "_blank", rel: "noopener noreferrer", "data-testid": "picture" };
    return row("link", "a", target, "Ảnh", new URL(message.picture).host);
  }
  if (message.document) {
    const { id, name, size } = message.document;
    return row("file", "a", { href: media(id), download: name, "data-testid": "document" }, name, fileSize(size));
  }
  if (message.voice) return row("voice", "div", {}, "Tin nhắn thoại", `0:${String(message.voice).padStart(2, "0")}`);
  if (message.location) return row("place", "div", {}, "Vị trí", `${message.location.latitude}, ${message.location.longitude}`);
  if (message.contact) return row("person", "div", {}, message.contact.first_name, message.contact.phone_number);
  if (message.sticker) return element("div", { className: "big", role: "img", "aria-label": `Nhãn dán ${message.sticker}` }, icon("like"));
  if (message.poll) {
    const [question, ...options] = message.poll;
    return element("div", { className: "poll" }, element("b", {}, question), options.map((o) => element("span", {}, `○ ${o}`)));
  }
  return null;
}

function row(symbol, tag, properties, title, detail) {
  return element(
    tag,
    { className: "attachment", ...properties },
    element("span", { className: "badge" }, icon(symbol)),
    element("span", { className: "lines" }, element("b", {}, title), element("small", {}, detail)),
  );
}

function keyboard(message, phone) {
  if (!message.buttons.length) return null;
  return element("div", { className: "inline" }, message.buttons.map((buttons, rowNumber) =>
    element("div", { className: "keys" }, buttons.map((button, column) => {
      if (button.url && !phone.open.isBotLink(button.url)) {
        const link = anchor(button.url, [button.text, icon("link")], phone.open);
        link.classList.add("key");
        return link;
      }
      return element("button", {
        type: "button", className: "key", "data-testid": "inline-button",
        onclick: (event) => phone.press(message, rowNumber, column, event.currentTarget),
      }, button.text);
    }))));
}
