// One dialog for everything that needs a few words from the visitor.

import { element } from "./dom.js";

const dialog = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
document.getElementById("dialog-cancel").addEventListener("click", () => dialog.close(""));

// Fields: {name, label, value?, placeholder?, options?, only?: (values) => bool}. Resolves to the values, or null when dismissed.
export function ask(title, fields, ok = "Đồng ý") {
  document.getElementById("dialog-title").textContent = title;
  document.getElementById("dialog-ok").textContent = ok;
  document.getElementById("dialog-cancel").hidden = fields.length === 0;
  const inputs = fields.map((field) => [field.name, input(field)]);
  const read = () => Object.fromEntries(inputs.map(([name, field]) => [name, field.value.trim()]));
  const labels = fields.map((field, index) => element("label", {}, field.label, inputs[index][1]));
  const fit = () => fields.forEach((field, index) => { labels[index].hidden = field.only?.(read()) === false; });
  body.replaceChildren(...labels);
  body.onchange = fit;
  fit();
  dialog.returnValue = "";
  document.getElementById("dialog-ok").value = "ok";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "ok" ? read() : null);
    }, { once: true });
  });
}

export const tell = (text) => ask(text, [], "Đóng");

function input(field) {
  const testid = { "data-testid": `field-${field.name}` };
  if (field.options) {
    const options = field.options.map(([value, label]) => element("option", { value }, label));
    return element("select", testid, options);
  }
  return element("input", {
    type: "text", value: field.value ?? "", placeholder: field.placeholder ?? "", autocomplete: "off", ...testid,
  });
}
