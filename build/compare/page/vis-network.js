import { DataSet } from "vis-data/peer";
import { Network } from "vis-network/peer";

/** Draws the graph with vis-network, its positions given. */
export async function draw(place, graph) {
  const node = (one) => ({ id: one.id, label: one.label, x: one.x, y: one.y, shape: "box" });
  const nodes = new DataSet(graph.nodes.map(node));
  const edges = new DataSet(graph.edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to })));
  const view = new Network(place, { nodes, edges }, { physics: false, edges: { smooth: false } });
  const drawn = new Promise((resolve) => view.once("afterDrawing", resolve));
  view.fit();
  await drawn;
  const look = (change) => view.moveTo({ ...change(view.getViewPosition(), view.getScale()), animation: false });
  return {
    pan: (x, y) => look((at, scale) => ({ position: { x: at.x - x / scale, y: at.y - y / scale }, scale })),
    zoom: (factor) => look((at, scale) => ({ position: at, scale: scale * factor })),
    scale: () => view.getScale(),
    close: () => view.destroy(),
    add: (one, edge) => {
      nodes.add(node(one));
      edges.add({ id: edge.id, from: edge.from, to: edge.to });
    },
  };
}
