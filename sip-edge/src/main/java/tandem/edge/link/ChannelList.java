package tandem.edge.link;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tandem.router.domain.LegId;

/** Reads {@code show channels as json}, which lags: what it lacks is not proven to be absent. */
final class ChannelList {
  static final String COMMAND = "show channels as json";
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> BRIDGED_STATES = Set.of("CS_EXCHANGE_MEDIA", "CS_SOFT_EXECUTE");

  private ChannelList() {}

  /** One channel, by the columns that matter. */
  record Row(
      LegId leg,
      boolean inbound,
      String state,
      String callState,
      String application,
      String data,
      String callerNumber,
      String calledNumber) {
    boolean answered() {
      return callState.equals("ACTIVE") || callState.equals("HELD");
    }

    boolean ringing() {
      return callState.equals("RINGING") || callState.equals("EARLY");
    }

    /** Whether it talks to another channel. */
    boolean bridged() {
      return BRIDGED_STATES.contains(state);
    }

    boolean parked() {
      return state.equals("CS_PARK")
          || (state.equals("CS_EXECUTE")
              && (application.equals("park") || application.equals("playback")));
    }
  }

  /**
   * The rows of the list.
   *
   * @throws IOException when it is no such list
   */
  static List<Row> parse(String json) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isRows = parser.currentName().equals("rows");
        JsonToken value = parser.nextToken();
        if (isRows && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            row(parser).ifPresent(rows::add);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return rows;
  }

  private static Optional<Row> row(JsonParser parser) throws IOException {
    Map<String, String> columns = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isScalarValue()) {
        columns.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return EventReader.leg(columns.get("uuid"))
        .map(
            leg ->
                new Row(
                    leg,
                    columns.getOrDefault("direction", "").equals("inbound"),
                    columns.getOrDefault("state", ""),
                    columns.getOrDefault("callstate", ""),
                    columns.getOrDefault("application", ""),
                    columns.getOrDefault("application_data", ""),
                    EventReader.printable(
                        columns.getOrDefault("initial_cid_num", columns.get("cid_num"))),
                    EventReader.printable(
                        columns.getOrDefault("initial_dest", columns.get("dest")))));
  }
}
