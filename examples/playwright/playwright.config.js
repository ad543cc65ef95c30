import { defineConfig } from "@playwright/test";

// CHROMIUM names an installed browser; without it Playwright takes its own (npx playwright install chromium).
const executablePath = process.env.CHROMIUM || undefined;
const page = "http://localhost:5173";

export default defineConfig({
  testDir: "tests",
  reporter: "list",
  use: { baseURL: page, launchOptions: { executablePath, args: executablePath ? ["--no-sandbox"] : [] } },
  // The sample's page; in a project of yours its own development server.
  webServer: { command: "python3 -m http.server 5173 --bind 127.0.0.1 --directory ../page", url: page },
});
