import cytoscape from "cytoscape";

/** Draws the graph with cytoscape.js, its positions given. */
export async function draw(place, graph) {
  const view = cytoscape({
    container: place,
    elements: [
      ...graph.nodes.map((node) => ({ data: { id: node.id, label: node.label }, position: { x: node.x, y: node.y } })),
      ...graph.edges.map((edge) => ({ data: { id: edge.id, source: edge.from, target: edge.to } })),
    ],
    layout: { name: "preset" },
    style: [
      { selector: "node", style: { label: "data(label)", shape: "round-rectangle", width: 150, height: 80 } },
      { selector: "edge", style: { width: 2 } },
    ],
  });
  view.fit();
  return {
    pan: (x, y) => view.panBy({ x, y }),
    zoom: (factor) => view.zoom({ level: view.zoom() * factor, renderedPosition: { x: 800, y: 500 } }),
    scale: () => view.zoom(),
    close: () => view.destroy(),
    add: (node, edge) =>
      view.add([
        { data: { id: node.id, label: node.label }, position: { x: node.x, y: node.y } },
        { data: { id: edge.id, source: edge.from, target: edge.to } },
      ]),
  };
}
