"use strict";
// The reading page. Texts and rows stand in the page as JSON, one piece per article, and become elements when they are read.
// Nothing from the corpus is ever parsed as HTML: it goes into the page as text only.

const index = JSON.parse(document.getElementById("index").textContent);
const find = (id) => document.getElementById(id);
const places = new Map(index.articles.map((article, place) => [article.article, place]));
let open = { place: null, other: null }; // the places of the article that is read and of the one beside it
const names = (word) => word.replaceAll("_", " ");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// ---- What stands in the page ----

function readJson(id) {
  const script = document.getElementById(id);
  return script ? JSON.parse(script.textContent) : null;
}

function readRows(table, rows) {
  return rows.map((row) => Object.fromEntries(index.columns[table].map((name, column) => [name, row[column] ?? null])));
}

function readArticle(place) {
  const text = readJson(`text-${place}`);
  const rows = readJson(`article-${place}`);
  // Offsets count code points. Only a text with characters beyond the first plane needs to be taken apart for them.
  const characters = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  const cut = characters ? (start, end) => characters.slice(start, end).join("") : (start, end) => text.slice(start, end);
  const tables = ["marks", "attributions", "excluded", "voices"].map((table) => [table, readRows(table, rows[table])]);
  return { place, text, length: characters ? characters.length : text.length, cut, ...Object.fromEntries(tables) };
}

function describeMark(mark) {
  const [category, entry] = index.kinds[mark.kind];
  return { ...index.categories[category], number: category, entry, ...index.entries[entry], voiceName: index.voices[mark.voice] };
}

// ---- The list ----

const filters = ["outlet", "story", "measure", "category", "source"].map((name) => [name, find(`by-${name}`)]);
const list = find("list");
const listedAtOnce = 200; // a browser lays out two thousand links in a quarter of a second, two hundred at once
const links = new Map();
const lowered = new Array(index.articles.length);
let listed = index.articles.map((_, place) => place);
let room = listedAtOnce;

function item(place) {
  if (!links.has(place)) {
    const article = index.articles[place];
    const about = [article.outlet, article.date, article.story].filter(Boolean).join(" · ");
    const link = make("a", { href: address(place) }, article.title || article.article);
    links.set(place, make("li", {}, link, make("small", {}, `${about} · ${article.words} words`)));
  }
  const element = links.get(place);
  const isOpen = place === open.place;
  element.classList.toggle("open", isOpen);
  if (isOpen) element.firstChild.setAttribute("aria-current", "true");
  else element.firstChild.removeAttribute("aria-current");
  return element;
}

function showList() {
  room = Math.max(room, Math.ceil((listed.indexOf(open.place) + 1) / listedAtOnce) * listedAtOnce);
  list.replaceChildren(...listed.slice(0, room).map(item));
  find("more").hidden = listed.length <= room;
  find("more").textContent = `Show ${Math.min(listedAtOnce, listed.length - room)} more`;
}

function showMore() {
  const first = listed[room];
  room += listedAtOnce;
  showList();
  links.get(first).firstChild.focus();
}

function address(place, other = null) {
  const parts = { article: index.articles[place].article };
  if (other !== null) parts.with = index.articles[other].article;
  return `#${new URLSearchParams(parts)}`;
}

function searchable(place) {
  if (lowered[place] === undefined) {
    const { article, title, outlet, story } = index.articles[place];
    lowered[place] = [title, article, outlet, story, readJson(`text-${place}`) ?? ""].join("\n").toLowerCase();
  }
  return lowered[place];
}

// Texts are made searchable while nothing else is to be done, so that the first letter typed does not wait for all of them.
function prepareSearch(place = 0) {
  const later = window.requestIdleCallback ?? ((run) => setTimeout(() => run({ timeRemaining: () => 8 }), 20));
  later((idle) => {
    while (place < lowered.length && idle.timeRemaining() > 2) searchable(place++);
    if (place < lowered.length) prepareSearch(place);
  });
}

function chosenFilters() {
  return Object.fromEntries(filters.map(([name, select]) => [name, select.value]));
}

function sought(category, { measure, category: wanted }) {
  if (!measure && !wanted) return false;
  return wanted ? category === Number(wanted) : index.categories[category].measure === measure;
}

function fits(place, words, chosen) {
  const article = index.articles[place];
  return (
    (!chosen.outlet || article.outlet === chosen.outlet) &&
    (!chosen.story || article.story === chosen.story) &&
    (!chosen.source || article.sources.includes(chosen.source)) &&
    ((!chosen.measure && !chosen.category) || article.categories.some(([category]) => sought(category, chosen))) &&
    (!words || searchable(place).includes(words))
  );
}

function filterList() {
  const [words, chosen] = [find("search").value.trim().toLowerCase(), chosenFilters()];
  listed = index.articles.flatMap((_, place) => (fits(place, words, chosen) ? [place] : []));
  room = listedAtOnce;
  showList();
  find("found").textContent = `${listed.length} of ${index.articles.length} articles`;
}

function fillSelect(select, label, options) {
  const counted = options.map(([value, text, n]) => make("option", { value }, n === undefined ? text : `${text} (${n})`));
  select.replaceChildren(make("option", { value: "" }, label), ...counted);
}

function tally(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([value, n]) => [value, names(value), n]);
}

function fillCategories() {
  const measure = find("by-measure").value;
  const options = index.categories.flatMap((one, number) =>
    measure && one.measure !== measure ? [] : [[String(number), measure ? names(one.category) : `${names(one.measure)}: ${names(one.category)}`]]);
  fillSelect(find("by-category"), "any", options);
}

function fillFilters() {
  const articles = index.articles;
  fillSelect(find("by-outlet"), "any", tally(articles.map((one) => one.outlet)).map(([value, , n]) => [value, value, n]));
  fillSelect(find("by-story"), "any", tally(articles.map((one) => one.story)).map(([value, , n]) => [value, value, n]));
  fillSelect(find("by-source"), "any", tally(articles.flatMap((one) => one.sources)));
  fillSelect(find("by-measure"), "any", Object.entries(index.measures).map(([value]) => [value, names(value)]));
  fillCategories();
}

// ---- The text with its marks ----

const hiddenLayers = new Set();

function layers(article, sentences) {
  const spans = [];
  const add = (layer, span) => { if (span.end > span.start && !hiddenLayers.has(layer)) spans.push({ layer, ...span }); };
  article.excluded.forEach((row) => add("excluded", { start: row.start, end: row.end, row }));
  article.voices.forEach((row) => add("voices", { start: row.start, end: row.end, row }));
  article.attributions.forEach((row, number) => {
    add("attributions", { part: "source", number, start: row.source_start, end: row.source_end, row });
    add("attributions", { part: "cue", number, start: row.cue_start, end: row.cue_end, row });
    row.content.forEach(([start, end]) => add("attributions", { part: "said", number, start, end, row }));
  });
  const lanes = [];
  [...article.marks].map((row) => ({ row, about: describeMark(row) })).sort((a, b) => a.row.start - b.row.start || b.row.end - a.row.end)
    .filter(({ about }) => !hiddenLayers.has(about.measure))
    .forEach(({ row, about }) => {
      const free = lanes.findIndex((end) => end <= row.start);
      const lane = free < 0 ? lanes.length : free;
      lanes[lane] = row.end;
      add("mark", { start: row.start, end: row.end, row, about, lane });
    });
  sentences.forEach((row) => add("difference", row));
  return spans;
}

// The text is cut wherever anything begins or ends, so that what overlaps is shown together.
function cutText(article, spans) {
  const edges = [...new Set([0, article.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const waiting = [...spans].sort((a, b) => a.start - b.start);
  let over = [];
  let next = 0;
  return edges.slice(0, -1).map((start, number) => {
    over = over.filter((span) => span.end > start);
    while (next < waiting.length && waiting[next].start <= start) over.push(waiting[next++]);
    return { start, end: edges[number + 1], over: over.filter((span) => span.end > start) };
  });
}

function pieceClasses({ start, end, over }, chosen) {
  const classes = ["piece"];
  for (const span of over) {
    if (span.layer === "voices") {
      classes.push(index.voices[span.row.voice]);
      if (span.start === start) classes.push("begins");
      if (span.end === end) classes.push("ends");
    } else if (span.layer === "attributions" && span.part !== "said") classes.push(span.part);
    else if (span.layer === "excluded") classes.push("excluded");
    else if (span.layer === "difference" && span.kind !== "paired") {
      classes.push(span.kind);
      if (span.opens && span.start === start) classes.push("first");
    }
    else if (span.layer === "mark" && sought(span.about.number, chosen)) classes.push("sought");
  }
  return classes.join(" ");
}

function makePiece(article, piece, chosen) {
  const { start, end, over } = piece;
  const text = document.createTextNode(article.cut(start, end));
  if (!over.length) return text;
  let inner = text;
  for (const { about, lane, ...span } of over.filter((one) => one.layer === "mark").sort((a, b) => a.lane - b.lane)) {
    inner = make("u", { className: `${about.measure} lane${Math.min(lane, 3)}` }, inner);
    if (span.start === start) inner.dataset.letter = index.measures[about.measure].letter;
  }
  const element = make("span", { className: pieceClasses(piece, chosen) }, inner);
  element.over = over;
  if (/\S/.test(text.data) && over.some((one) => ["mark", "excluded"].includes(one.layer) || ["source", "cue"].includes(one.part)))
    Object.assign(element, { role: "button", tabIndex: -1 });
  return element;
}

function renderArticle(article, differences) {
  const about = index.articles[article.place];
  const chosen = chosenFilters();
  const pieces = cutText(article, layers(article, differences)).map((piece) => makePiece(article, piece, chosen));
  const first = pieces.find((piece) => piece.tabIndex === -1 && piece.role);
  if (first) first.tabIndex = 0;
  const meta = [about.outlet, about.date, about.story, `${about.words} words`].filter(Boolean).join(" · ");
  const text = make("div", { className: "text" }, ...pieces);
  const heading = make("h2", { tabIndex: -1, id: `title-${article.place}` }, about.title || about.article);
  return make("article", { className: "framing", "aria-labelledby": heading.id }, heading, make("p", { className: "meta" }, meta), text);
}

// ---- The note on what one points at ----

const spell = (value) => (value === null || value === "" ? "" : names(String(value)));

function definitionList(pairs) {
  return make("dl", {}, ...pairs.filter(([, value]) => value && value.length !== 0).flatMap(([term, value]) => [make("dt", {}, term), make("dd", {}, value)]));
}

function noteOnMark(article, { row, about }) {
  const rules = make("span");
  (about.rules ?? []).forEach((rule) => {
    const sentence = index.rules[rule];
    if (sentence.length < 120) rules.append(make("div", {}, `${names(rule)}: ${sentence}`));
    else rules.append(make("details", {}, make("summary", {}, `${names(rule)}: ${sentence.slice(0, 90)}…`), sentence));
  });
  const teller = row.attribution >= 0 ? article.attributions[row.attribution] : null;
  const inside = teller ? ` (what ${teller.speaker || article.cut(teller.source_start, teller.source_end) || "a source"} says)` : "";
  return make("section", {}, make("h3", {}, `${index.measures[about.measure].title}: “${article.cut(row.start, row.end)}”`), definitionList([
    ["Category", `${names(about.category)}${about.definition ? ` – ${about.definition}` : ""}`],
    ["Entry", about.entry],
    ["Forms", (about.forms ?? []).join(", ")],
    ["Rules", (about.rules ?? []).length ? rules : "none"],
    ["Literature", about.source ?? "not in this version's lexicon"],
    ["Precision", about.precision || "not measured"],
    ["Status", about.status === "core" ? "" : about.status ?? ""],
    ["Voice", `${index.voices[row.voice]}${inside}`],
  ]));
}

function noteOnAttribution(article, { row, number }) {
  const said = row.content.map(([start, end]) => article.cut(start, end)).join(" … ");
  return make("section", {}, make("h3", {}, `${row.scope === "attitude" ? "Attitude" : "Attribution"} ${number + 1}`), definitionList([
    ["Source", article.cut(row.source_start, row.source_end) || "none named"],
    ["Speaker", row.speaker],
    ["Cue", `${article.cut(row.cue_start, row.cue_end)} (entry attribution/${row.lemma})`],
    ["Content", said.length > 240 ? `${said.slice(0, 240)}…` : said],
    ["Form", `${spell(row.mode)}, ${spell(row.stance)}`],
    ["Source type", `${spell(row.source_type)}, ${spell(row.naming)}`],
    ["Precision", row.precision === null ? "not measured" : `${row.precision} of the cue in hand-coded news`],
    ["Probability", row.probability === null ? "" : `${row.probability} that this is an attribution`],
  ]));
}

function noteOnFurniture(article, { row }) {
  const meaning = index.furniture[row.rule];
  return make("section", {}, make("h3", {}, "Page furniture, not counted"), definitionList([["Rule", names(row.rule)], ["What", meaning]]));
}

function noteOn(article, over) {
  const notes = { mark: noteOnMark, attributions: noteOnAttribution, excluded: noteOnFurniture };
  const order = ["excluded", "mark", "attributions"];
  const told = over.filter((span) => notes[span.layer] && (span.layer !== "attributions" || !over.some((other) => other !== span && other.number === span.number && other.part < span.part)));
  return told.sort((a, b) => order.indexOf(a.layer) - order.indexOf(b.layer)).map((span) => notes[span.layer](article, span));
}

function sayBriefly(article, over) {
  return over.map(({ layer, row, about, part }) => {
    if (layer === "mark") return `${index.measures[about.measure].title}, ${names(about.category)}, voice ${index.voices[row.voice]}.`;
    if (layer === "excluded") return "Page furniture, not counted.";
    if (layer === "attributions" && part !== "said")
      return part === "cue" ? `Cue of ${row.speaker || article.cut(row.source_start, row.source_end) || "no named source"}.` : `Source, ${spell(row.source_type)}; cue ${article.cut(row.cue_start, row.cue_end)}.`;
    return "";
  }).filter(Boolean).join(" ");
}

function showNote(piece) {
  const article = piece.closest("article").shown;
  const sections = noteOn(article, piece.over);
  if (!sections.length) return;
  find("note-text").replaceChildren(...sections);
  find("note").classList.add("filled");
  find("close").hidden = false;
  find("spoken").textContent = sayBriefly(article, piece.over);
  document.querySelectorAll("[aria-describedby=spoken]").forEach((other) => other.removeAttribute("aria-describedby"));
  if (piece.role) piece.setAttribute("aria-describedby", "spoken");
}

function lightUp(piece) {
  document.querySelectorAll(".lit, .said, .counterpart").forEach((other) => other.classList.remove("lit", "said", "counterpart"));
  const pieces = [...piece.closest(".text").children];
  const numbers = new Set(piece.over.filter((span) => span.layer === "attributions").map((span) => span.number));
  for (const other of pieces) {
    const parts = other.over?.filter((span) => span.layer === "attributions" && numbers.has(span.number)) ?? [];
    if (parts.length) other.classList.add("lit", ...(parts.every((span) => span.part === "said") ? ["said"] : []));
    if (other.over?.some((span) => span.layer === "mark" && piece.over.includes(span))) other.classList.add("lit");
  }
  lightCounterpart(piece);
}

function attend(piece) {
  lightUp(piece);
  showNote(piece);
}

function clearNote() {
  find("note-text").replaceChildren(make("p", { className: "hint" }, "Point at a mark or move to it: what was found here, why, and how sure."));
  find("note").classList.remove("filled");
  find("close").hidden = true;
  document.querySelectorAll(".lit, .said, .counterpart").forEach((piece) => piece.classList.remove("lit", "said", "counterpart"));
}

function moveMark(from, key) {
  const marks = [...from.closest(".text").querySelectorAll("[role=button]")];
  const steps = { ArrowRight: marks.indexOf(from) + 1, ArrowLeft: marks.indexOf(from) - 1, Home: 0, End: marks.length - 1 };
  const to = marks[Math.max(0, Math.min(marks.length - 1, steps[key]))];
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

// ---- Two articles of one story ----

function differenceTitle(what, one, other) {
  return {
    hedge_dropped: `Hedged in ${one}, not in ${other}`,
    hedge_added: `Hedged in ${other}, not in ${one}`,
    quote_to_paraphrase: `Quoted in ${one}, paraphrased in ${other}`,
    paraphrase_to_quote: `Paraphrased in ${one}, quoted in ${other}`,
    source_unnamed: `Source named in ${one}, not in ${other}`,
    source_named: `Source named in ${other}, not in ${one}`,
    only_in_first: `Sentences in ${one} only`,
    only_in_second: `Sentences in ${other} only`,
    same: "Sentences that tell the same",
  }[what];
}

const changes = ["hedge_dropped", "hedge_added", "quote_to_paraphrase", "paraphrase_to_quote", "source_unnamed", "source_named"];

// What of the rows is marked in one of the two texts: sentences that stand alone, sentences with a counterpart, and what differs.
function differencesIn(rows, side) {
  const [start, end] = side ? ["start_2", "end_2"] : ["start", "end"];
  let last = -Infinity;
  return rows.filter((row) => row[start] !== null).map((row) => {
    const kind = row.what === "same" ? "paired" : changes.includes(row.what) ? "differs" : "alone";
    const opens = kind === "alone" && row[start] > last + 2; // the first of several such sentences says so for all
    if (kind === "alone") last = row[end];
    return { start: row[start], end: row[end], kind, opens, row, side };
  }).filter((span) => span.kind !== "differs" || !span.row.what.startsWith("hedge") || (span.row.what === "hedge_dropped") === !side);
}

function lightSpan(side, start, end) {
  const text = document.querySelectorAll("#texts .text")[side];
  const inside = [...text.children].filter((piece) => piece.over?.some((span) => span.layer === "difference" && span.start === start && span.end === end));
  inside.forEach((piece) => piece.classList.add("counterpart"));
  return inside[0];
}

function lightCounterpart(piece) {
  for (const { layer, kind, row, side } of piece.over)
    if (layer === "difference" && kind === "paired") side ? lightSpan(0, row.start, row.end) : lightSpan(1, row.start_2, row.end_2);
}

function showDifference(row) {
  clearNote();
  const texts = document.querySelectorAll("#texts article");
  const found = [[row.start, row.end], [row.start_2, row.end_2]].map(([start, end], side) => (start === null ? null : lightRange(texts[side], start, end)));
  if (document.querySelector("#texts article + article").offsetTop > texts[0].offsetTop) found.splice(found.findIndex(Boolean) + 1); // one below the other
  found.forEach((piece) => piece?.scrollIntoView({ block: "center" }));
}

function lightRange(article, start, end) {
  let at = 0;
  let first = null;
  for (const piece of article.querySelector(".text").childNodes) {
    const length = article.shown.length === article.shown.text.length ? piece.textContent.length : Array.from(piece.textContent).length;
    if (at < end && at + length > start && piece.classList) {
      piece.classList.add("counterpart");
      first ??= piece;
    }
    at += length;
  }
  return first;
}

function renderDifferences(one, other, rows) {
  const outlets = [one, other].map(({ place }) => index.articles[place].outlet);
  const [first, second] = outlets[0] === outlets[1] ? ["the first", "the second"] : outlets;
  const groups = [...changes, "only_in_first", "only_in_second", "same"].map((what) => [what, rows.filter((row) => row.what === what)]);
  const boxes = groups.filter(([, some]) => some.length).map(([what, some]) => {
    const lines = some.map((row) => {
      const texts = [[one, row.start, row.end], [other, row.start_2, row.end_2]].filter(([, start]) => start !== null);
      const quotes = texts.map(([article, start, end]) => make("q", {}, article.cut(start, end).replace(/\s+/g, " ")));
      return make("li", {}, make("button", { type: "button", onclick: () => showDifference(row) }, ...quotes));
    });
    const title = make("summary", {}, `${differenceTitle(what, first, second)} (${some.length})`);
    return make("details", { open: changes.includes(what) }, title, make("ul", {}, ...lines));
  });
  if (!rows.some(({ what }) => changes.includes(what)))
    boxes.unshift(make("p", {}, "Where they tell the same, no hedge, no quotation and no naming of a source differs."));
  find("differences-list").replaceChildren(...boxes);
}

function compare(one, other) {
  const found = readRows("versions", readJson(`versions-${one.place}-${other.place}`) ?? []);
  const rows = found.map((row) => ({ ...row, what: index.what[row.what] }));
  find("differences").hidden = false;
  find("differences-note").textContent = rows.length
    ? "Sentences are matched by their words, so a counterpart in quite other words is missed. Nothing is said about which article came first."
    : `Not worked out: of stories with more than ${index.most_compared} articles, compare_versions(annotated, one, other) gives the table.`;
  if (rows.length) renderDifferences(one, other, rows);
  else find("differences-list").replaceChildren();
  return [differencesIn(rows, 0), differencesIn(rows, 1)];
}

// ---- What is open ----

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const place = places.get(parts.get("article")) ?? null;
  return { place, other: place === null ? null : places.get(parts.get("with")) ?? null };
}

function render() {
  if (open.place === null) return;
  const chosen = [open.place, open.other].filter((place) => place !== null).sort((a, b) => a - b);
  const articles = chosen.map(readArticle);
  clearNote();
  find("differences").hidden = true;
  const differences = articles.length > 1 ? compare(...articles) : [[]];
  const elements = articles.map((article, side) => Object.assign(renderArticle(article, differences[side]), { shown: article }));
  find("texts").className = articles.length > 1 ? "pair" : "";
  find("texts").replaceChildren(...elements);
  document.body.classList.toggle("comparing", articles.length > 1);
  fillShown(articles);
  lightSearch();
}

function openArticle(moveFocus = true) {
  const asked = readAddress();
  if (asked.place === null && open.place !== null) return;
  open = asked.place === null ? { place: listed[0] ?? null, other: null } : asked;
  showList();
  if (open.place === null) return;
  fillOther();
  render();
  if (!moveFocus) return;
  links.get(open.place)?.scrollIntoView({ block: "nearest" });
  find("reading").scrollIntoView();
  find("texts").querySelector("h2").focus({ preventScroll: true });
}

function fillOther() {
  const { story } = index.articles[open.place];
  const same = index.articles.flatMap((article, place) => (story && article.story === story && place !== open.place ? [place] : []));
  const options = same.map((place) => [String(place), `${index.articles[place].outlet}: ${index.articles[place].title || index.articles[place].article}`]);
  fillSelect(find("other"), same.length ? "no other article" : "no other article tells this story", options);
  find("other").disabled = !same.length;
  find("other").value = open.other === null ? "" : String(open.other);
}

function fillShown(articles) {
  const counts = {};
  articles.forEach((article) => article.marks.forEach((mark) => { const { measure } = describeMark(mark); counts[measure] = (counts[measure] ?? 0) + 1; }));
  const boxes = [
    ...Object.entries(index.measures).map(([name, { title, letter }]) => [name, make("u", { className: name, "data-letter": letter }, title), counts[name] ?? 0]),
    ["attributions", make("span", {}, make("span", { className: "source" }, "Sources"), " and ", make("span", { className: "cue" }, "cues")), articles.reduce((n, one) => n + one.attributions.length, 0)],
    ["voices", make("span", {}, make("span", { className: "quoted" }, "quoted"), " and ", make("span", { className: "reported begins ends" }, "reported"), " speech"), null],
  ];
  const labels = boxes.map(([name, key, n]) => {
    const box = make("input", { type: "checkbox", checked: !hiddenLayers.has(name), value: name });
    return make("label", { className: hiddenLayers.has(name) ? "" : "on" }, box, make("span", { className: "framing" }, key), n === null ? "" : ` ${n}`);
  });
  const letters = make("input", { type: "checkbox", id: "letters", checked: document.body.classList.contains("letters") });
  const focused = document.activeElement?.closest?.("#shown") ? document.activeElement.value : null;
  find("shown").replaceChildren(find("shown").firstElementChild, ...labels, make("label", {}, letters, "letters before marks"));
  if (focused) find("shown").querySelector(`[value="${focused}"]`)?.focus();
}

// The words that are searched for, lit in the text where the browser can do so without changing it.
function lightSearch() {
  if (!window.Highlight) return;
  const words = find("search").value.trim().toLowerCase();
  CSS.highlights.delete("search");
  if (!words) return;
  const ranges = [...find("texts").querySelectorAll(".text")].flatMap((text) => rangesOf(text, words));
  CSS.highlights.set("search", new Highlight(...ranges));
}

function rangesOf(text, words) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let whole = "";
  while (walker.nextNode()) {
    nodes.push([whole.length, walker.currentNode]);
    whole += walker.currentNode.data;
  }
  const small = whole.toLowerCase();
  if (small.length !== whole.length) return []; // a letter whose small form is two: places would not fit
  const spot = (offset, isEnd) => {
    const [start, node] = nodes.findLast(([begin]) => (isEnd ? begin < offset : begin <= offset));
    return [node, offset - start];
  };
  const ranges = [];
  for (let at = small.indexOf(words); at >= 0; at = small.indexOf(words, at + words.length)) {
    const range = document.createRange();
    range.setStart(...spot(at, false));
    range.setEnd(...spot(at + words.length, true));
    ranges.push(range);
  }
  return ranges;
}

// ---- Hands and keys ----

function step(by) {
  const at = listed.indexOf(open.place);
  const to = listed[at < 0 ? 0 : Math.max(0, Math.min(listed.length - 1, at + by))];
  if (to !== undefined && to !== open.place) location.hash = address(to);
}

function escape() {
  if (find("note").classList.contains("filled")) clearNote();
  else if (find("search").value) { find("search").value = ""; filterList(); lightSearch(); }
  else if (open.other !== null) location.hash = address(open.place);
  else document.activeElement?.blur();
}

function pressKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const at = event.target;
  if (event.key === "Escape") return escape();
  if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && at.matches?.(".piece")) {
    event.preventDefault();
    return moveMark(at, event.key);
  }
  if (at.matches?.(".piece") && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    return attend(at);
  }
  if (!find("keys").checked || at.matches?.("input:not([type=checkbox]), select, textarea")) return;
  const actions = { j: () => step(1), k: () => step(-1), "/": () => { find("finder").open = true; find("search").focus(); } };
  if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
}

let pointer = {}; // where the pointer was when it last moved

function start() {
  addEventListener("mousemove", ({ clientX, clientY }) => { pointer = { x: clientX, y: clientY }; });
  fillFilters();
  filterList();
  if (matchMedia("(max-width: 45em)").matches) find("finder").open = find("layers").open = false;
  find("search").addEventListener("input", () => { filterList(); lightSearch(); });
  find("filters").addEventListener("submit", (event) => event.preventDefault());
  find("filters").addEventListener("reset", () => setTimeout(() => { fillCategories(); filterList(); render(); }));
  find("by-measure").addEventListener("change", fillCategories);
  for (const [, select] of filters) select.addEventListener("change", () => { filterList(); render(); });
  find("other").addEventListener("change", ({ target }) => { location.hash = address(open.place, target.value === "" ? null : Number(target.value)); });
  find("bar").addEventListener("submit", (event) => event.preventDefault());
  find("shown").addEventListener("change", ({ target }) => {
    if (target.id === "letters") return document.body.classList.toggle("letters", target.checked);
    if (target.checked) hiddenLayers.delete(target.value);
    else hiddenLayers.add(target.value);
    render();
  });
  for (const event of ["mouseover", "focusin", "click"])
    find("texts").addEventListener(event, ({ target, clientX, clientY }) => {
      // Text that is scrolled under a resting pointer is not pointed at.
      if (event === "mouseover" && clientX === pointer.x && clientY === pointer.y) return;
      const piece = target.closest(".piece");
      if (piece) attend(piece);
      if (piece && event === "click") document.querySelector(".counterpart")?.scrollIntoView({ block: "nearest" });
    });
  find("more").addEventListener("click", showMore);
  find("close").addEventListener("click", clearNote);
  addEventListener("hashchange", () => openArticle());
  addEventListener("keydown", pressKey);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => { openArticle(false); prepareSearch(); });
  else { openArticle(false); prepareSearch(); }
}

start();
