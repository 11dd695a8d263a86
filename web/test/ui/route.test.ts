import { expect, test } from "vitest";
import { pathOf, routeOf } from "../../src/ui/route";

test("every place has an address that leads back to it", () => {
  for (const place of ["c-abcdefghijklmnopqrstuvwxyz", "@ann", "@a_1"]) {
    expect(routeOf(pathOf(place))).toEqual({ screen: "conversation", place });
  }
});

test("handles in addresses are as people write them", () => {
  expect(routeOf("/with/Ann")).toEqual({ screen: "conversation", place: "@ann" });
  expect(routeOf("/demo/mara")).toEqual({ screen: "demo", handle: "mara" });
});

test("how far an erasure is has an address of its own", () => {
  expect(routeOf("/erasure")).toEqual({ screen: "erasure" });
  expect(routeOf("/erasure/e-abc")).toEqual({ screen: "unknown" });
});

test("what is no address of a screen is unknown", () => {
  for (const path of ["/c", "/c/a/b", "/nowhere", "/with", "/settings/x", "/c/%", "//"]) {
    const { screen } = routeOf(path);
    expect(screen === "unknown" || screen === "conversation" || screen === "inbox", path).toBe(
      true,
    );
  }
  expect(routeOf("/nowhere")).toEqual({ screen: "unknown" });
  expect(routeOf("/c/a/b")).toEqual({ screen: "unknown" });
  expect(routeOf("/settings/x")).toEqual({ screen: "unknown" });
});
