// Saves the chart under a key as PNG or SVG with its title, subtitle and foot; all in the browser, nothing is asked of anybody.
const NS = "http://www.w3.org/2000/svg";
const PAD = 24;

export default function ({ data, parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = () => save(button.dataset.kind, data);
  }
}

async function save(kind, data) {
  const plot = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
  if (!plot) return;
  const picture = compose(plot, data);
  const text = new XMLSerializer().serializeToString(picture);
  const svg = new Blob([text], { type: "image/svg+xml;charset=utf-8" });
  give(kind === "svg" ? svg : await paint(svg, picture), `${data.name}.${kind}`);
}

function compose(plot, data) {
  const layers = [...plot.querySelectorAll("svg.main-svg")];
  const { width, height } = layers[0].getBoundingClientRect();
  const fit = (size) => Math.floor((width - 2 * PAD) / (size * 0.52));
  const head = [...lines(data.title, fit(20), 20, data.ink, 600), ...lines(data.subtitle, fit(14), 14, data.muted, 400)];
  const foot = data.foot.flatMap((one) => lines(one, fit(12), 12, data.muted, 400));
  const room = (rows) => rows.reduce((sum, row) => sum + row.size * 1.35, 0);
  const top = PAD + room(head) + 8;
  const whole = { width: Math.ceil(width), height: Math.ceil(top + height + room(foot) + PAD + 8) };
  const svg = make("svg", { ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, xmlns: NS });
  svg.append(make("rect", { ...whole, fill: data.paper }));
  write(svg, head, PAD);
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    copy.setAttribute("x", 0);
    copy.setAttribute("y", top);
    copy.style.background = "none";
    copy.querySelectorAll(".hoverlayer, .zoombox, .select-outline").forEach((one) => one.remove());
    svg.append(copy);
  }
  write(svg, foot, top + height + 8);
  return svg;
}

function lines(text, most, size, fill, weight) {
  const rows = [];
  for (const word of (text || "").split(" ")) {
    const last = rows.at(-1);
    if (last !== undefined && (last + " " + word).length <= most) rows[rows.length - 1] = last + " " + word;
    else rows.push(word);
  }
  return rows.filter(Boolean).map((row) => ({ text: row, size, fill, weight }));
}

function write(svg, rows, y) {
  for (const { text, size, fill, weight } of rows) {
    y += size * 1.35;
    const family = "Source Sans, Source Sans 3, Helvetica Neue, Arial, sans-serif";
    const one = make("text", { x: PAD, y, fill, "font-size": size, "font-weight": weight, "font-family": family });
    one.textContent = text;
    svg.append(one);
  }
}

function make(name, attributes) {
  const one = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") one.setAttribute(key, value);
  return one;
}

async function paint(svg, picture) {
  const image = new Image();
  const address = URL.createObjectURL(svg);
  image.src = address;
  await image.decode();
  const scale = 2;
  const canvas = document.createElement("canvas");
  canvas.width = scale * picture.getAttribute("width");
  canvas.height = scale * picture.getAttribute("height");
  const brush = canvas.getContext("2d");
  brush.scale(scale, scale);
  brush.drawImage(image, 0, 0);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
