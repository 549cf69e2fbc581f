import { forReading } from "./reading.mjs";

const answer = await fetch("/api/openapi/v1.json");
Scalar.createApiReference("#viewer", {
  content: forReading(await answer.json()),
  authentication: { preferredSecurityScheme: "serviceKey" },
  persistAuth: false,
  hiddenClients: {
    c: true, clojure: true, dart: true, fsharp: true, http: true, julia: true, kotlin: true, objc: true, ocaml: true, php: true, r: true, ruby: true,
    rust: true, swift: true,
  },

  // The page shows this API and nothing else: no service of the viewer's maker, no download of the abridged contract.
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "none",
});
