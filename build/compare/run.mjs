// Draws a graph with cytoscape.js, vis-network and React Flow in headless Chromium, and prints what it took.
//
//     node run.mjs GRAPH.json...
//
// GRAPH.json: {"nodes": [{"id", "label", "x", "y"}], "edges": [{"id", "from", "to"}]}. One line of JSON for each graph and
// library. Chromium draws in software, as Patchbay's own benchmark does, on 1600 x 1000 pixels.
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const libraries = ["cytoscape", "vis-network", "react-flow"];
const here = import.meta.dirname;
const room = mkdtempSync(join(tmpdir(), "patchbay-compare-"));

/** Proportional set size of a process and all its children, in MB. */
function memory(pid) {
  const parents = new Map();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (one) => one === pid || (parents.has(one) && parents.get(one) > 1 && isBelow(parents.get(one)));
  const sizes = [...parents.keys()].filter(isBelow).map((one) => {
    const rollup = readFileSync(`/proc/${one}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)[1]) / 1024;
  });
  return sizes.reduce((a, b) => a + b, 0);
}

async function bundle(library) {
  const entry = join(room, `${library}.entry.js`);
  writeFileSync(
    entry,
    `import { draw } from ${JSON.stringify(join(here, "page", `${library}.js`))};
     import { measure } from ${JSON.stringify(join(here, "page", "measure.js"))};
     window.run = (graph) => measure(draw, graph);`,
  );
  const outfile = join(room, `${library}.js`);
  await build({
    entryPoints: [entry],
    bundle: true,
    outfile,
    format: "iife",
    minify: true,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    nodePaths: [join(here, "node_modules")],
  });
  return outfile;
}

async function measure(library, graph) {
  const script = await bundle(library);
  const browser = await puppeteer.launch({
    executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
    defaultViewport: { width: 1600, height: 1000 },
    protocolTimeout: 600_000,
  });
  try {
    const page = await browser.newPage();
    await page.setContent('<body style="margin:0"><div id="picture" style="width:1600px;height:1000px"></div></body>');
    await page.addScriptTag({ path: script });
    try {
      await page.addStyleTag({ path: script.replace(/js$/, "css") });
    } catch {
      // This library has no style sheet.
    }
    const figures = await page.evaluate((data) => window.run(data), graph);
    return { ...figures, memory: memory(browser.process().pid) };
  } finally {
    await browser.close();
  }
}

try {
  for (const file of process.argv.slice(2)) {
    const graph = JSON.parse(readFileSync(file, "utf8"));
    for (const library of libraries) {
      const figures = await measure(library, graph);
      const rounded = Object.fromEntries(
        Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
      );
      console.log(JSON.stringify({ graph: file, library, nodes: graph.nodes.length, ...rounded }));
    }
  }
} finally {
  rmSync(room, { recursive: true });
}
