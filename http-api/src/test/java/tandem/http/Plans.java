package tandem.http;

import tandem.http.TestApi.Answer;

/** Documents of plans, and how they come into force. */
final class Plans {
  static final String DRAFT = "/api/v1/plans/draft";

  /** A flow that hangs up or waits, with an office that is open all day and every day. */
  static final String MAIN =
      """
      {
        "numbers": [{"match": "+1415*", "flow": "main"}],
        "calendars": {
          "always": {"timeZone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}},
          "office": {"timeZone": "America/New_York", "hours": {"mon-fri": ["09:00-17:30"]},
                     "holidays": [{"date": "2026-12-25", "name": "Christmas"}]}
        },
        "queues": {"support": {}, "supervisors": {}},
        "flows": {"main": [
          {"when": "!open('office')", "do": {"voicemail": "after-hours"}},
          {"do": {"queue": "support", "priority": 50}}
        ]}
      }
      """;

  private Plans() {}

  /** Saves and publishes; returns the version's number. */
  static long publish(TestApi api, String text) {
    Answer before = api.send(api.request("GET", DRAFT, null), true);
    Answer saved =
        before.status() == 404
            ? api.send(api.with("If-None-Match", "*", "PUT", DRAFT, text), true)
            : api.send(api.with("If-Match", before.header("ETag"), "PUT", DRAFT, text), true);
    return publishDraft(api, saved.header("ETag"));
  }

  private static long publishDraft(TestApi api, String tag) {
    Answer published =
        api.send(
            api.with("If-Match", tag, "POST", DRAFT + "/publish", "{\"comment\":\"a test\"}"),
            true);
    return published.body().get("version").asLong();
  }
}
