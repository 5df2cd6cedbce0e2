/**
 * Resolves at the beginning of the frame after the next one: whatever is asked for now has been drawn by then. Chromium
 * runs without its limit of frames, so that this waits for drawing alone, as Patchbay's own benchmark does.
 */
function painted() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Median time from frame to frame while the picture is moved in each. */
async function frames(count, move) {
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < count; i++) {
    move(i);
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return median(times);
}

const pan = (view) => frames(120, (i) => view.pan(i % 60 < 30 ? 8 : -8, i % 40 < 20 ? 5 : -5));
const zoom = (view) => frames(120, (i) => view.zoom(i % 60 < 30 ? 1.02 : 1 / 1.02));

/** Median time until one more node is there. */
async function more(view, graph, name) {
  const times = [];
  for (let i = 0; i < 9; i++) {
    const node = { id: name + i, label: name + i, x: graph.nodes[i].x, y: graph.nodes[i].y + 90 };
    const start = performance.now();
    view.add(node, { id: "edge" + name + i, from: node.id, to: graph.nodes[0].id });
    await painted();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Draws a small part of the graph where nobody sees it, as Patchbay does while it waits for its data (`Rehearsal`). */
async function warmUp(draw, graph) {
  const nodes = graph.nodes.slice(0, 100);
  const ids = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  const place = document.createElement("div");
  place.style.cssText = "position:absolute;left:-2000px;width:800px;height:800px";
  document.body.append(place);
  const view = await draw(place, { nodes, edges });
  await painted();
  view.close();
  place.remove();
}

/** After a warm-up: first picture, then a frame of panning, one of zooming and one more node, fitted and at 100 %: in milliseconds. */
export async function measure(draw, graph) {
  await warmUp(draw, graph);
  const place = document.getElementById("picture");
  const began = performance.now();
  const view = await draw(place, graph);
  await painted();
  const first = performance.now() - began;
  // Textures that are built in idle time are part of the first picture of the libraries that need them.
  await new Promise((done) => setTimeout(done, 3000));
  const panFitted = await pan(view);
  const zoomFitted = await zoom(view);
  const moreFitted = await more(view, graph, "far");
  view.zoom(1 / view.scale());
  await painted();
  const panNear = await pan(view);
  const zoomNear = await zoom(view);
  const moreNear = await more(view, graph, "near");
  return { first, panFitted, zoomFitted, moreFitted, panNear, zoomNear, moreNear };
}
