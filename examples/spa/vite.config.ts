import { defineConfig } from "vite";
import emulate from "vite-plugin-emulate";

// There is no `server.proxy` here: calls go to the APIs' own origins, as they will in production (README.md).
export default defineConfig({
  plugins: [emulate()], // shows what the emulator finds, in development alone
  server: { port: 5173, strictPort: true },
  preview: { port: 5173, strictPort: true },
});
