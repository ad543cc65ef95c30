import { defineConfig } from "vite";

// There is no `server.proxy` here: calls go to the APIs' own origins, as they will in production (README.md).
export default defineConfig({
  server: { port: 5173, strictPort: true },
  preview: { port: 5173, strictPort: true },
});
