/** Milliseconds until the frame after the next one, so that whatever is asked for now has been painted. */
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

/** First picture, a frame of panning, one of zooming, one more node: in milliseconds. */
export async function measure(draw, graph) {
  const place = document.getElementById("picture");
  const began = performance.now();
  const view = await draw(place, graph);
  await painted();
  const first = performance.now() - began;
  // Textures that are built in idle time are part of the first picture of the libraries that need them.
  await new Promise((done) => setTimeout(done, 3000));
  const pan = await frames(120, (i) => view.pan(i % 60 < 30 ? 8 : -8, i % 40 < 20 ? 5 : -5));
  const zoom = await frames(120, (i) => view.zoom(i % 60 < 30 ? 1.02 : 1 / 1.02));
  const more = [];
  for (let i = 0; i < 9; i++) {
    const node = { id: "more" + i, label: "more" + i, x: graph.nodes[i].x, y: graph.nodes[i].y + 90 };
    const start = performance.now();
    view.add(node, { id: "edge" + i, from: node.id, to: graph.nodes[0].id });
    await painted();
    more.push(performance.now() - start);
  }
  return { first, pan, zoom, more: median(more) };
}
