/// What went wrong, in German.

import type { Words } from "./index";

export const problems: Words["problems"] = {
  offline: "Du bist offline.",
  timeout: "Parley hat nicht rechtzeitig geantwortet.",
  unreadable: "Die Antwort war keine von Parley. Ist ein Proxy dazwischen?",
  nobody_there: "Hier ist niemand mehr: Das Konto gibt es nicht mehr.",
  person_not_found: "Dieses Konto gibt es nicht mehr.",
  handle_changed_too_often:
    "Du hast es zuletzt oft geändert. Warte, bis ein älteres Kürzel wieder frei ist.",
  erasure_asked: "Dieses Konto wird schon gelöscht.",
  erasure_unknown: "Es gibt nichts zurückzunehmen: Es bleibt schon, oder es hat begonnen.",
  confirmation_missing: "Gib dein Passwort ein.",
  too_many_strangers: "Du hast heute so viele neue Leute angeschrieben, wie man darf.",
  export_under_way: "Deine Daten werden schon gesammelt.",
  export_no_place:
    "Dieser Server hebt keine Archive auf. Frag, wer ihn betreibt: Dort lässt sich eines machen.",
  nothing_to_report: "Diese Nachricht ist nicht mehr da und kann nicht gemeldet werden.",
  provider_unavailable: "Die andere Seite, die sagt, wer du bist, antwortet gerade nicht.",
  edit_too_late: "Für eine Bearbeitung ist es zu lange her. Zurückziehen kannst du sie noch.",
  conversation_empty: "Schreib erst eine Nachricht, dann wähle, wie lange Nachrichten bleiben.",
  message_not_found: "Diese Nachricht ist nicht mehr da und kann nicht geändert werden.",
  account_disabled: "Dein Konto ist gesperrt. Frag die, die diesen Dienst betreiben.",
  credentials_wrong: "Kürzel oder Passwort stimmt nicht.",
  handle_taken: "Jemand anderes hat dieses Kürzel. Wähle ein anderes.",
  password_wrong: "Das ist nicht dein bisheriges Passwort.",
  participant_unknown: "Niemand hat dieses Kürzel.",
  participant_self: "Das bist du.",
  conversation_not_found: "Dieses Gespräch gibt es nicht, oder du gehörst nicht dazu.",
  demo_person_not_found: "Die Vorführung bietet diese Person nicht mehr an.",
  origin_refused:
    "Dieser Server hält diese Seite nicht für seine eigene. Wer ihn betreibt, gibt mit --public-url die Adresse an, die du siehst.",
  token_invalid: "Deine Sitzung ist beendet. Melde dich wieder an.",
  token_missing: "Deine Sitzung ist beendet. Melde dich wieder an.",
  client_id_expired: "Sie hat zu lange gewartet. Sende sie als neue Nachricht.",
  client_id_reused:
    "An ihrer Stelle wurde schon etwas anderes gesendet. Kopiere den Text und sende ihn neu.",
  rate_limited: "Das war zu viel auf einmal.",
  sign_in_paused: "Es gab zu viele falsche Passwörter.",
  too_busy: "Parley hat gerade zu viel zu tun.",
  store_unavailable: "Parley erreicht gerade seine Daten nicht.",
  internal: "In Parley ist etwas schiefgegangen.",
};
