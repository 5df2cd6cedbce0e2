import { ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { createElement, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import "@xyflow/react/dist/style.css";

const card = (node) => ({
  id: node.id,
  position: { x: node.x, y: node.y },
  data: { label: node.label },
  style: { width: 150, height: 80 },
});
const line = (edge) => ({ id: edge.id, source: edge.from, target: edge.to, type: "straight" });

function Picture({ graph, ready }) {
  const flow = useReactFlow();
  const [nodes, setNodes] = useState(() => graph.nodes.map(card));
  const [edges, setEdges] = useState(() => graph.edges.map(line));
  useEffect(() => {
    window.flow = {
      pan: (x, y) => {
        const at = flow.getViewport();
        flow.setViewport({ ...at, x: at.x + x, y: at.y + y });
      },
      zoom: (factor) => flow.zoomTo(flow.getViewport().zoom * factor),
      scale: () => flow.getViewport().zoom,
      // At once, as the others do it, and not in a task of React's own after the next frame.
      add: (node, edge) =>
        flushSync(() => {
          setNodes((before) => [...before, card(node)]);
          setEdges((before) => [...before, line(edge)]);
        }),
    };
  }, [flow]);
  return createElement(ReactFlow, { nodes, edges, fitView: true, minZoom: 0.001, onInit: ready });
}

/** Draws the graph with React Flow, its positions given. */
export async function draw(place, graph) {
  const root = createRoot(place);
  await new Promise((ready) =>
    root.render(createElement(ReactFlowProvider, null, createElement(Picture, { graph, ready }))),
  );
  return { ...window.flow, close: () => root.unmount() };
}
