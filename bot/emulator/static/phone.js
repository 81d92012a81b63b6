// One phone: its frame, its messages, and what its owner can do.

import { ask, tell } from "./dialogs.js";
import { avatar, element, icon } from "./dom.js";
import { bubble } from "./message.js";
import { MESSENGERS } from "./messengers.js";
import { act, upload } from "./server.js";

const NEAR_THE_END = 60; // pixels: whoever reads further up is not pulled down

export class Phone {
  constructor(screen, number, page) {
    this.page = page;
    this.number = number;
    this.messages = new Map();
    this.replying = null;
    this.atEnd = true;
    this.build();
    this.sync(screen);
    this.lively = true; // what comes from now on is news, and may move
  }

  // Bring everything to what the server says, touching only what differs: somebody may be typing.
  sync({ messages, ...frame }) {
    this.setFrame(frame);
    const there = new Set(messages.map((message) => message.id));
    for (const id of [...this.messages.keys()]) if (!there.has(id)) this.deleteMessage(id);
    for (const message of messages) {
      if (!same(this.messages.get(message.id)?.data, message)) this.setMessage(message);
    }
  }

  get group() { return this.frame.kind === "group"; }
  get messenger() { return MESSENGERS[this.frame.messenger]; }
  get me() { return this.group ? Number(this.by.value) : this.frame.id; }

  // -- building

  build() {
    this.head = element("div", { className: "head" });
    this.list = element("div", {
      className: "messages", role: "log", "aria-live": "polite", tabIndex: 0, "aria-label": "Tin nhắn", "data-testid": "messages",
      // A keyboard that has just taken its room is no scrolling of the reader's: the observer below follows it.
      onscroll: () => {
        const { scrollHeight, scrollTop, clientHeight } = this.list;
        if (clientHeight === this.height) this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
      },
    });
    new ResizeObserver(() => {
      this.height = this.list.clientHeight;
      if (this.atEnd) this.scrollToEnd();
    }).observe(this.list);
    this.toastBox = element("div", { className: "toast", role: "status", "data-testid": "toast", hidden: true });
    this.by = element("select", { "aria-label": "Gửi với tên", "data-testid": "by", onchange: () => this.redraw() });
    this.input = element("textarea", {
      rows: 1, placeholder: "Nhập tin nhắn…", "aria-label": "Tin nhắn", "data-testid": "input",
      onkeydown: (event) => this.onKey(event), oninput: () => this.grow(),
    });
    this.quote = element("button", { type: "button", className: "replying", hidden: true, onclick: () => this.replyTo(null) });
    this.keys = element("div", { className: "reply-keyboard", "data-testid": "reply-keyboard" });
    this.foot = element("div", { className: "foot" });
    this.picker = element("input", { type: "file", hidden: true, onchange: () => this.sendFile() });
    this.body = element("div", { className: "glass" }, this.head, this.list, this.toastBox, this.foot, this.picker);
    this.caption = element("div", { className: "caption" });
    this.root = element("section", { className: "phone", "data-testid": `phone-${this.number}` }, this.caption, this.body);
  }

  setFrame(frame) {
    const before = this.frame;
    this.frame = frame;
    // Redrawing the composer would disturb an input method in the middle of a word.
    if (same({ ...before, typing: 0 }, { ...frame, typing: 0 })) { this.showTyping(frame.typing); return; }
    this.root.dataset.messenger = frame.messenger;
    this.root.setAttribute("aria-label", frame.title);
    const chosen = this.by.value;
    this.by.replaceChildren(...frame.people.map((person) => element("option", { value: person.id }, person.name)));
    if (frame.people.some((person) => String(person.id) === chosen)) this.by.value = chosen;
    this.open = {
      command: (text) => this.send(text),
      link: (url) => this.openLink(url),
      isBotLink: (url) => this.messenger.isBotLink(url, frame.bot),
    };
    this.drawHead();
    this.drawFoot();
    this.drawWelcome();
  }

  drawHead() {
    const { frame } = this;
    const name = this.group ? frame.title : frame.bot.name;
    const owner = this.group ? `${frame.people.length} thành viên` : frame.people[0].name;
    this.caption.replaceChildren(element("b", {}, frame.title), owner === frame.title ? "" : element("span", {}, owner));
    this.status = element("small", { "data-testid": "status" });
    this.head.replaceChildren(
      avatar(name, this.group ? frame.id : frame.bot.id),
      element("div", { className: "lines" }, element("b", {}, name), this.status),
      this.menu("more", "Tùy chọn", "menu", () => this.options()),
    );
    this.showTyping(frame.typing);
  }

  showTyping(seconds) {
    clearTimeout(this.typingTimer);
    const { frame } = this;
    const there = frame.status === "member" || frame.status === "administrator";
    const group = there ? `${frame.people.length} thành viên và bot` : `${frame.people.length} thành viên, chưa có bot`;
    const usual = this.group ? group : frame.status === "kicked" ? "đã chặn" : this.messenger.bot;
    this.status.textContent = seconds > 0 ? "đang nhập…" : usual;
    this.status.classList.toggle("typing", seconds > 0);
    if (seconds > 0) this.typingTimer = setTimeout(() => this.showTyping(0), seconds * 1000);
  }

  drawFoot() {
    const focused = document.activeElement === this.input;
    if (!this.group && this.frame.status === "") {
      this.foot.replaceChildren(this.bigButton("Bắt đầu", "start", () => this.send("/start")));
    } else if (!this.group && this.frame.status === "kicked") {
      this.foot.replaceChildren(this.bigButton("Bỏ chặn và bắt đầu lại", "unblock", () => this.act("unblock")));
    } else {
      const send = element("button", {
        type: "button", className: "round send", "aria-label": "Gửi", "data-testid": "send", onclick: () => this.submit(),
      }, icon("send"));
      const commands = this.frame.commands.length ? this.menu("menu", "Lệnh của bot", "commands", () => this.commandItems()) : null;
      this.foot.replaceChildren(...[
        this.group ? element("div", { className: "by" }, "Gửi với tên", this.by) : null,
        this.quote,
        element("div", { className: "composer" }, ...[
          commands, this.menu("clip", "Đính kèm", "attach", () => this.attachments()), this.input, send,
        ].filter(Boolean)),
        this.drawKeys(),
      ].filter(Boolean));
      if (focused) this.input.focus();
    }
  }

  bigButton(label, testid, onclick) {
    return element("button", { type: "button", className: "primary wide", "data-testid": testid, onclick }, label);
  }

  drawKeys() {
    const markup = this.frame.keyboard;
    this.input.placeholder = markup?.input_field_placeholder || "Nhập tin nhắn…";
    if (!markup) return null;
    this.keys.replaceChildren(...markup.keyboard.map((row) => element("div", { className: "keys" }, row.map((key) =>
      element("button", {
        type: "button", className: "key", "data-testid": "reply-button",
        onclick: () => (key.request_contact ? this.shareContact() : this.act("key", { text: key.text })),
      }, key.request_contact ? icon("person") : "", key.text)))));
    return this.keys;
  }

  drawWelcome() {
    const empty = this.messages.size === 0;
    if (!empty) { this.welcome?.remove(); return; }
    const text = this.frame.description || this.messenger.empty;
    const card = element("div", { className: "welcome" }, this.frame.description ? element("b", {}, "Bot này làm được gì?") : "", text);
    this.welcome?.remove();
    this.welcome = card;
    this.list.append(card);
  }

  // A menu that opens on a button, closes on choice, Escape or a click elsewhere.
  menu(symbol, label, testid, items) {
    const list = element("div", { className: "menu", role: "menu", popover: "auto" });
    const choose = (run) => { list.hidePopover(); run(); };
    const button = element("button", {
      type: "button", className: "round", "aria-label": label, "aria-haspopup": "menu", title: label, "data-testid": testid,
      onclick: () => {
        list.replaceChildren(...items().map(([text, run, detail]) => element("button", {
          type: "button", role: "menuitem", onclick: () => choose(run),
        }, element("span", {}, text), detail ? element("small", {}, detail) : "")));
        list.showPopover();
        place(list, button);
        list.firstElementChild?.focus();
      },
    }, icon(symbol));
    list.addEventListener("keydown", (event) => walk(event, list));
    return element("span", { className: "menu-holder" }, button, list);
  }

  // -- messages

  setMessage(message) {
    const known = this.messages.get(message.id);
    const drawn = bubble(message, this);
    if (known) known.node.replaceWith(drawn);
    else this.list.append(drawn);
    drawn.classList.toggle("fresh", !known && this.lively === true);
    this.messages.set(message.id, { data: message, node: drawn });
    this.drawWelcome();
    const keepUp = () => this.atEnd && this.scrollToEnd();
    if (!known && message.sender.id === this.me) this.scrollToEnd();
    keepUp();
    drawn.querySelector("img.photo")?.addEventListener("load", keepUp);
  }

  deleteMessage(id) {
    this.messages.get(id)?.node.remove();
    this.messages.delete(id);
  }

  redraw() {
    for (const { data } of [...this.messages.values()]) this.setMessage(data);
  }

  scrollToEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.atEnd = true;
  }

  toast(answer) {
    if (answer.url && this.open.isBotLink(answer.url)) this.openLink(answer.url);
    if (!answer.text) return;
    if (answer.alert) { tell(answer.text); return; }
    clearTimeout(this.toastTimer);
    this.toastBox.textContent = answer.text;
    this.toastBox.hidden = false;
    this.toastTimer = setTimeout(() => { this.toastBox.hidden = true; }, 4000);
  }

  // -- doing

  act(action, asked = {}) {
    return this.page.run(() => act(action, { chat: this.frame.id, by: this.me, ...asked }));
  }

  send(text) {
    const reply_to = this.replying?.id;
    this.replyTo(null);
    return this.act("send", { text, reply_to });
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.input.focus();
    this.send(text);
  }

  onKey(event) {
    // While an input method composes a Vietnamese letter, Enter belongs to it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
  }

  replyTo(message) {
    if (!this.messenger.quotes) return;
    this.replying = message;
    this.quote.hidden = message === null;
    this.quote.textContent = message ? `Trả lời ${message.sender.name}: ${message.text.slice(0, 60)} ✕` : "";
    if (message) this.input.focus();
  }

  async press(message, row, column, button) {
    button.classList.add("pressed");
    const result = await this.act("press", { message: message.id, row, column });
    button.classList.remove("pressed");
    if (result?.url) this.openLink(result.url);
  }

  async openLink(link) {
    const result = await this.act("open", { link });
    if (result?.startgroup !== undefined) this.page.addBotToGroup(this.me, result.startgroup);
  }

  // Put a text where the owner types; they send it themselves.
  suggest(text) {
    this.input.value = text;
    this.grow();
    this.input.focus();
  }

  async shareContact() {
    const person = this.frame.people[0];
    const answer = await ask("Chia sẻ số điện thoại của mình?", [
      { name: "phone_number", label: "Số điện thoại", value: person.phone_number || "+84912345678" },
    ], "Chia sẻ");
    if (answer) this.act("contact", answer);
  }

  commandItems() {
    return this.frame.commands.map(({ command, description }) => [`/${command}`, () => this.send(`/${command}`), description]);
  }

  attachments() {
    const use = ({ kind, pick, accept }) => {
      if (kind) { this.act("attach", { kind }); return; }
      this.picking = pick;
      this.picker.accept = accept;
      this.picker.click();
    };
    return this.messenger.attachments.map(([label, what, detail]) => [label, () => use(what), detail]);
  }

  async sendFile() {
    const file = this.picker.files[0];
    this.picker.value = "";
    if (file) await this.page.run(() => upload({ chat: this.frame.id, by: this.me, kind: this.picking, file }));
  }

  options() {
    if (this.group) return this.groupOptions();
    if (this.frame.messenger === "zalo") return [["Tên hiển thị…", () => this.changeOwner()]];
    const blocked = this.frame.status === "kicked";
    return [
      ["Tên và số điện thoại…", () => this.changeOwner()],
      ["Mở liên kết hoặc mã…", () => this.enterLink()],
      blocked ? ["Bỏ chặn bot", () => this.act("unblock")] : ["Chặn bot", () => this.act("block")],
    ];
  }

  groupOptions() {
    const there = this.frame.status === "member" || this.frame.status === "administrator";
    return [
      there ? ["Đưa bot ra khỏi nhóm", () => this.act("remove_bot")] : ["Thêm bot vào nhóm", () => this.act("add_bot")],
      ["Thêm thành viên…", () => this.page.addMember(this)],
    ];
  }

  async changeOwner() {
    const person = this.frame.people[0];
    const isTelegram = this.frame.messenger === "telegram";
    const answer = await ask("Chủ điện thoại", [
      { name: "name", label: "Họ và tên", value: person.name },
      { name: "phone_number", only: () => isTelegram, label: "Số điện thoại", value: person.phone_number, placeholder: "+84…" },
    ], "Lưu");
    if (answer) this.act("owner", answer);
  }

  async enterLink() {
    const answer = await ask("Mở liên kết hoặc mã mời", [
      { name: "link", label: "Liên kết t.me hoặc mã sau /start", placeholder: `https://t.me/${this.frame.bot.username}?start=…` },
    ], "Mở");
    if (answer?.link) this.openLink(answer.link);
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function place(list, button) {
  const at = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - size.width - 8);
  const below = at.bottom + 6;
  const top = below + size.height > window.innerHeight ? at.top - size.height - 6 : below;
  list.style.left = `${Math.max(8, left)}px`;
  list.style.top = `${Math.max(8, top)}px`;
}

function walk(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...list.children];
  items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
}
