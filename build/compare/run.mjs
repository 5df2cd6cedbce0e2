// Draws a graph with cytoscape.js, vis-network and React Flow in headless Chromium and with Patchbay, and prints what it
// took beside each other.
//
//     node run.mjs GRAPH.json... -- PATCHBAY-COMMAND
//
// GRAPH.json: {"containers", "networks", "nodes": [{"id", "label", "x", "y"}], "edges": [{"id", "from", "to"}]}. The command
// gets `measure` and the two numbers, prints one line of JSON and stays until its input ends. Everything is drawn in
// software, on 1600 x 1000 pixels. Usually started by ./compare, which makes the graphs.
import { build } from "esbuild";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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
    // Without a limit of frames a frame takes what drawing it takes, as with ours.
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
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

async function measureOurs(graph) {
  const [program, ...words] = command;
  const ours = spawn(program, [...words, "measure", graph.containers, graph.networks], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const line of createInterface(ours.stdout)) {
    const figures = { ...JSON.parse(line), memory: memory(ours.pid) };
    ours.stdin.end();
    return figures;
  }
  throw new Error("Patchbay's own benchmark said nothing");
}

const rows = {
  first: "first whole picture, ms",
  panFitted: "pan frame, fitted, ms",
  zoomFitted: "zoom frame, fitted, ms",
  moreFitted: "one more container, fitted, ms",
  panNear: "pan frame, 100 %, ms",
  zoomNear: "zoom frame, 100 %, ms",
  moreNear: "one more container, 100 %, ms",
  memory: "proportional set size, MB",
};

/** How many times ours each library takes stands in brackets. */
function table(graph, ours, theirs) {
  console.log(`\n${graph.containers} containers on ${graph.networks} networks (load ${loadavg()[0].toFixed(1)})\n`);
  console.log(`| | Patchbay | ${libraries.join(" | ")} |\n|---|---:|${"---:|".repeat(libraries.length)}`);
  for (const [name, title] of Object.entries(rows)) {
    const cells = libraries.map((one) => theirs[one][name]).map((n) => `${n.toFixed(1)} (${(n / ours[name]).toFixed(1)})`);
    console.log(`| ${title} | ${ours[name].toFixed(1)} | ${cells.join(" | ")} |`);
  }
}

const words = process.argv.slice(2);
const end = words.indexOf("--");
const command = words.slice(end + 1);
try {
  for (const file of words.slice(0, end)) {
    const graph = JSON.parse(readFileSync(file, "utf8"));
    const ours = await measureOurs(graph);
    const theirs = {};
    for (const library of libraries) {
      theirs[library] = await measure(library, graph);
    }
    table(graph, ours, theirs);
    console.log(`\nOf ours besides: ${JSON.stringify(ours)}`);
  }
} finally {
  rmSync(room, { recursive: true });
}
