package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.MouseButton;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people do to what they have said: edit it, and unsend it.
class ChangesTest {
  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  static Locator menu(Person person) {
    return person.page().getByRole(AriaRole.MENU);
  }

  static void chooses(Person person, String item) {
    menu(person).getByRole(AriaRole.MENUITEM, new Locator.GetByRoleOptions().setName(item)).click();
    assertThat(menu(person)).hasCount(0);
  }

  static Locator dialog(Person person) {
    return person.page().getByRole(AriaRole.DIALOG);
  }

  static void confirms(Person person, String button) {
    presses(dialog(person), button);
    assertThat(dialog(person)).not().isVisible();
  }

  static void presses(Locator within, String button) {
    within
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /// With the mouse, and everybody sees it as it happens.
  @Test
  void anEditAndAnUnsendShowOnBothSides() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value());
        Person ben = Person.at(site).goes("/").signsIn(two.other().handle().value())) {
      ben.opens("Ann").sees("Line 2");
      ann.opens("Ben").writes("At noon").seesSent("At noon");
      ann.message("At noon").locator(".bubble").click(rightButton());
      chooses(ann, "Edit message");
      Locator box = ann.page().getByLabel("Edit message");
      assertThat(box).hasValue("At noon");
      assertThat(box).isFocused();
      box.fill("At one");
      box.press("Enter");
      ann.seesSent("At one");
      assertThat(ann.message("At one")).containsText("edited");
      assertThat(ann.box()).isFocused();
      ben.sees("At one");
      assertThat(ben.message("At noon")).hasCount(0);
      assertThat(ben.row("Ann")).containsText("At one");

      ann.message("At one").hover();
      ann.message("At one").getByLabel("What to do with this message").click();
      chooses(ann, "Unsend for everyone");
      assertThat(dialog(ann)).containsText("At one");
      confirms(ann, "Unsend for everyone");
      ann.sees("Message withdrawn");
      ben.sees("Message withdrawn");
      assertThat(ben.message("At one")).hasCount(0);
      assertThat(ben.row("Ann")).containsText("Message withdrawn");
      // Somebody else's message is not one's own to change.
      ben.message("Message withdrawn").locator(".bubble").click(rightButton());
      assertThat(menu(ben)).hasCount(0);
      ann.message("Line 1").locator(".bubble").click(rightButton());
      assertThat(menu(ann).getByRole(AriaRole.MENUITEM))
          .hasText(new String[] {"Copy text", "Report…"});
      ann.page().keyboard().press("Escape");
    }
  }

  /// Nothing of a message stays in the browser of somebody who had seen it.
  @Test
  void whatWasUnsentWhileOneWasAwayLeavesTheBrowser() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value());
        Person ben = Person.at(site).goes("/").signsIn(two.other().handle().value())) {
      ann.opens("Ben").writes("A slip of the tongue").seesSent("A slip of the tongue");
      ben.opens("Ann").sees("A slip of the tongue");
      ben.waitsUntil(keeps("A slip of the tongue"));
      ben.context().setOffline(true);
      ann.message("A slip").locator(".bubble").click(rightButton());
      chooses(ann, "Unsend for everyone");
      confirms(ann, "Unsend for everyone");
      ann.sees("Message withdrawn", "Sent");
      ben.context().setOffline(false);
      ben.sees("Message withdrawn");
      ben.waitsUntil("async () => !(await (" + keeps("A slip of the tongue") + ")())");
      ben.forgives();
    }
  }

  /// Whether anything that the browser keeps has a text in it.
  static String keeps(String text) {
    return """
    async () => {
      const open = (name) => new Promise((done) => {
        const asked = indexedDB.open(name);
        // One that has gone since it was named must not be made anew.
        asked.onupgradeneeded = () => asked.transaction.abort();
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(null);
      });
      let kept = "";
      for (const { name } of await indexedDB.databases()) {
        const db = await open(name);
        if (db === null) continue;
        for (const box of db.objectStoreNames) {
          kept += await new Promise((done) => {
            const asked = db.transaction(box).objectStore(box).getAll();
            asked.onsuccess = () => done(JSON.stringify(asked.result));
          });
        }
        db.close();
      }
      return kept.includes("%s");
    }
    """
        .formatted(text);
  }

  @Test
  void theMenuIsReachedByTheKeyboardAndLeavesTheFocusWhereItWas() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      ann.box().fill("half a thought");
      ann.box().fill("");
      ann.box().press("ArrowUp");
      assertThat(ann.message("Line 2")).isFocused();
      for (String key : new String[] {"Enter", "Shift+F10"}) {
        ann.page().keyboard().press(key);
        assertThat(menu(ann).getByText("Copy text")).isVisible();
        ann.page().keyboard().press("Escape");
        assertThat(menu(ann)).hasCount(0);
        assertThat(ann.message("Line 2")).isFocused();
      }
      ann.page().keyboard().press("Enter");
      ann.page().keyboard().press("ArrowDown");
      assertThat(
              menu(ann)
                  .getByRole(
                      AriaRole.MENUITEM, new Locator.GetByRoleOptions().setName("Edit message")))
          .isFocused();
      ann.page().keyboard().press("Enter");
      Locator box = ann.page().getByLabel("Edit message");
      assertThat(box).isFocused();
      ann.page().keyboard().type(", said again");
      ann.page().keyboard().press("Escape");
      assertThat(ann.box()).isFocused();
      ann.isAt("/c/.+");
      assertThat(ann.message("Line 2, said again")).hasCount(0);
    }
  }

  /// A long press, on a phone.
  @Test
  void aLongPressOpensTheMenu() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann =
        Person.at(site, Person.Device.POCKET).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      ann.message("Line 2").dispatchEvent("pointerdown", Map.of("pointerType", "touch"));
      assertThat(menu(ann).getByText("Unsend for everyone")).isVisible();
      chooses(ann, "Edit message");
      ann.page().getByLabel("Edit message").fill("Line two");
      ann.button("Save").click();
      ann.seesSent("Line two");
    }
  }

  private static Locator.ClickOptions rightButton() {
    return new Locator.ClickOptions().setButton(MouseButton.RIGHT);
  }
}
