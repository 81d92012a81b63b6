// Small tools for building the page. Text only ever becomes text nodes.

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "role") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function avatar(name, id) {
  const words = name.trim().split(/\s+/);
  const initials = (words.length > 1 ? words.at(-2)[0] + words.at(-1)[0] : words[0].slice(0, 2)).toUpperCase();
  return element("span", { className: `avatar ${tint(id)}`, "aria-hidden": "true" }, initials);
}

// A colour for somebody, always the same; ids are numbers or texts.
export function tint(id) {
  const number = typeof id === "number" ? Math.abs(id) : [...String(id)].reduce((sum, one) => sum * 31 + one.codePointAt(0) | 0, 7);
  return `tint-${Math.abs(number) % 7}`;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const number = bytes < 1048576 ? bytes / 1024 : bytes / 1048576;
  return `${number.toLocaleString("vi-VN", { maximumFractionDigits: 1 })} ${bytes < 1048576 ? "KB" : "MB"}`;
}
