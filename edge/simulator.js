// Looks for new SMS every two seconds. The page is made by the edge alone; what has changed there replaces what is
// here, except for a reply that is being written.
const find = (root, part) => root.querySelector(part);
let shown = find(document, "main").innerHTML;

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = find(page, "main");
  if (!fresh || fresh.innerHTML === shown) return;
  shown = fresh.innerHTML;
  const written = find(document, "[name=text]");
  const typing = written && document.activeElement === written;
  find(document, "main").replaceChildren(...fresh.childNodes);
  const reply = find(document, "[name=text]");
  if (!written || !reply) return;
  reply.value = written.value;
  if (typing) reply.focus();
}

// A failed look is followed by the next one: the edge may just be starting again.
const look = () => refresh().catch(() => {}).finally(() => setTimeout(look, 2000));
setTimeout(look, 2000);
