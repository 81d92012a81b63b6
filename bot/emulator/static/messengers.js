// What a phone has to know of its messenger. What it looks like is in page.css, by `data-messenger`.

const telegram = {
  name: "Telegram",
  bot: "bot",
  empty: "Chưa có tin nhắn nào.",
  quotes: true,
  // Label, then a kind of file that the visitor picks, or of something that needs no choosing.
  attachments: [
    ["Ảnh", { pick: "photo", accept: "image/*" }],
    ["Tệp", { pick: "document", accept: "" }],
    ["Tin nhắn thoại", { kind: "voice" }],
    ["Nhãn dán", { kind: "sticker" }],
    ["Vị trí", { kind: "location" }],
    ["Bình chọn", { kind: "poll" }],
  ],
  isBotLink: (url, bot) => new RegExp(`^(https?://)?(t|telegram)\\.me/${bot.username}(\\?|/|$)`, "i").test(url),
};

const zalo = {
  name: "Zalo",
  bot: "Bot · Zalo",
  empty: "Hãy nhắn một tin để bắt đầu.",
  quotes: false,
  attachments: [
    ["Ảnh", { pick: "photo", accept: "image/*" }],
    ["Tệp", { pick: "document", accept: "" }, "Bot chỉ biết là có tệp, không nhận được tệp"],
    ["Tin nhắn thoại", { kind: "voice" }],
    ["Nhãn dán", { kind: "sticker" }],
    ["Danh thiếp", { kind: "contact" }, "Bot không nhận được danh thiếp"],
  ],
  isBotLink: () => false,
};

export const MESSENGERS = { telegram, zalo };
