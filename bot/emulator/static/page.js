// The page: phones side by side, kept as the emulator says.

import { ask, tell } from "./dialogs.js";
import { element } from "./dom.js";
import { Phone } from "./phone.js";
import { act, listen } from "./server.js";

const phones = new Map();
const place = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const live = document.getElementById("live");
let zaloBots = [];
let shown = 0; // the phone in front where there is room for one only

const page = {
  async run(request) {
    try { return await request(); } catch (error) { return void tell(error.message); }
  },

  async addBotToGroup(by, code) {
    const groups = [...phones.values()].filter((phone) => phone.group);
    const options = [...groups.map((phone) => [phone.frame.id, phone.frame.title]), ["", "Nhóm mới…"]];
    const fields = [{ name: "chat", label: "Nhóm", options }, { name: "title", label: "Tên nhóm mới", placeholder: "Ban Dân tộc" }];
    const answer = await ask("Thêm bot vào nhóm", fields, "Thêm");
    if (!answer) return;
    const chat = answer.chat ? Number(answer.chat) : undefined;
    page.run(() => act("add_bot", { by, code, chat, title: answer.title || "Nhóm mới" }));
  },

  async addMember(group) {
    const inside = new Set(group.frame.people.map((person) => person.id));
    const others = people("telegram").filter((phone) => !inside.has(phone.frame.id));
    if (!others.length) { tell("Mọi điện thoại ở đây đều đã ở trong nhóm."); return; }
    const options = others.map((phone) => [phone.frame.id, phone.frame.people[0].name]);
    const answer = await ask("Thêm thành viên", [{ name: "member", label: "Ai", options }], "Thêm");
    if (answer) page.run(() => act("add_member", { chat: group.frame.id, member: Number(answer.member) }));
  },
};

const people = (messenger) => [...phones.values()].filter((one) => !one.group && one.frame.messenger === messenger);

function drawState({ screens, notes, zalo }) {
  zaloBots = zalo;
  screens.forEach((screen, number) => {
    const known = phones.get(screen.id);
    if (known) { known.sync(screen); return; }
    const phone = new Phone(screen, number, page);
    phones.set(screen.id, phone);
    place.append(phone.root);
  });
  drawNotes(notes);
  drawTabs();
}

function drawNotes(notes) {
  document.getElementById("notes").replaceChildren(...notes.map((note) => element("li", {}, noteLine(note))));
}

function noteLine({ text, link, chat }) {
  const isBotLink = [...phones.values()].some((phone) => phone.open.isBotLink(link ?? ""));
  if (isBotLink || (link && phones.get(chat)?.frame.messenger === "zalo")) {
    const open = () => openInPhone(link, chat, text);
    return element("button", { type: "button", className: "link", "data-testid": "note-link", onclick: open }, text);
  }
  if (!/^https?:/i.test(link ?? "")) return text;
  return element("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, text);
}

// A link to the bot is opened on a phone: the one it is meant for, or one that the visitor chooses.
// Zalo has no such links: what stands there is a code, which is typed.
async function openInPhone(link, chat, text) {
  let phone = phones.get(chat);
  if (!phone) {
    const options = people("telegram").map((one) => [one.frame.id, one.frame.title]);
    const answer = await ask(text, [{ name: "chat", label: "Mở trên điện thoại", options }], "Mở");
    phone = phones.get(Number(answer?.chat));
  }
  if (!phone) return;
  show([...phones.values()].indexOf(phone));
  if (phone.frame.messenger === "zalo") phone.suggest(link);
  else phone.openLink(link);
}

function drawTabs() {
  const list = [...phones.values()];
  list.forEach((phone, number) => phone.root.classList.toggle("front", number === shown));
  tabs.replaceChildren(...list.map((phone, number) => element("button", {
    type: "button", role: "tab", "aria-selected": String(number === shown), "data-testid": `tab-${number}`,
    onclick: () => show(number),
  }, phone.frame.title, element("span", { className: "dot", "data-chat": phone.frame.id, hidden: true }))));
}

function show(number) {
  shown = number;
  drawTabs();
}

function markUnread(chat) {
  const hidden = [...phones.keys()].indexOf(chat) === shown;
  const dot = tabs.querySelector(`[data-chat="${chat}"]`);
  if (dot && !hidden) dot.hidden = false;
}

document.getElementById("add-phone").addEventListener("click", async () => {
  const options = [["telegram", "Telegram"], ...zaloBots.map((bot) => [`zalo:${bot.id}`, `Zalo, ${bot.name}`])];
  const answer = await ask("Thêm điện thoại", [
    { name: "messenger", label: "Ứng dụng", options },
    { name: "name", label: "Họ và tên", placeholder: "Lò Thị Mai" },
    { name: "phone_number", label: "Số điện thoại", placeholder: "+84…", only: (given) => given.messenger === "telegram" },
    { name: "title", label: "Nhãn trên trang này", placeholder: "Cán bộ xã" },
  ], "Thêm");
  if (!answer) return;
  const [messenger, bot] = answer.messenger.split(":");
  page.run(() => act("phone", { ...answer, messenger, bot }));
});

listen({
  state: drawState,
  frame: ({ chat, frame }) => phones.get(chat)?.setFrame(frame),
  message: ({ chat, frame, message }) => {
    const phone = phones.get(chat);
    if (!phone) return;
    phone.setMessage(message);
    phone.setFrame(frame);
    markUnread(chat);
  },
  deleted: ({ chat, message }) => phones.get(chat)?.deleteMessage(message),
  toast: ({ chat, ...answer }) => phones.get(chat)?.toast(answer),
}, (connected) => {
  live.textContent = connected ? "Trực tuyến" : "Mất kết nối, đang thử lại…";
  live.classList.toggle("off", !connected);
});
