// The way to the emulator: what to do goes there by POST, what happened comes back by server-sent events.

const key = new URLSearchParams(location.search).get("key") ?? "";
const keyed = (path) => `${path}?key=${encodeURIComponent(key)}`;

export const media = (id) => keyed(`/media/${encodeURIComponent(id)}`);

export async function act(action, asked = {}) {
  return answer(await fetch(keyed("/act"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ action, ...asked }),
  }));
}

export async function upload(asked) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ action: "upload", ...asked })) {
    if (value !== undefined && value !== null) form.append(name, value);
  }
  return answer(await fetch(keyed("/act"), { method: "POST", body: form }));
}

async function answer(response) {
  const body = await response.json();
  if (!body.ok) throw new Error(body.error ?? body.description);
  return body.result;
}

// The browser reconnects by itself and says in Last-Event-ID what it has seen.
export function listen(handlers, connected) {
  const stream = new EventSource(keyed("/events"));
  stream.onopen = () => connected(true);
  stream.onerror = () => connected(false);
  for (const [name, handle] of Object.entries(handlers)) {
    stream.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
}
