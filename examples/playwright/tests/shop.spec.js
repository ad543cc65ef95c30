// The sample's page in a real browser. `emulate exec` serves the APIs that it calls while this runs, and fails too when all
// tests pass and a page was blocked all the same.
import { expect, test } from "@playwright/test";

const press = async (page, name) => {
  const row = page.getByRole("row", { name });
  await row.getByRole("button").click();
  return row;
};

test.beforeEach(async ({ page }) => {
  await page.goto("/");
});

test("the page lists the items", async ({ page }) => {
  await expect(await press(page, "List the items")).toContainText("200 [{");
});

test("the page orders, with a preflight", async ({ page }) => {
  await expect(await press(page, "Order (REST API, with a preflight)")).toContainText("200 {");
});

test("who has logged in is known", async ({ page }) => {
  await expect(await press(page, "Log in")).toContainText("204");
  await expect(await press(page, "Who am I (with the cookie)")).toContainText("Ann");
});
