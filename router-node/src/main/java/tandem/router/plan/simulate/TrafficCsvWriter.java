package tandem.router.plan.simulate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;

/** Writes calls as {@link TrafficCsv} reads them. */
public final class TrafficCsvWriter {
  private static final CsvFactory FACTORY =
      CsvFactory.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final int MILLIS = 1000;
  private static final int HALF_A_MILLI = 500_000;

  private TrafficCsvWriter() {}

  /** All of these, a row each; times are rounded to milliseconds. */
  public static String write(List<Arrival> calls) {
    SortedSet<String> attributes = new TreeSet<>();
    calls.forEach(call -> attributes.addAll(call.attributes().values().keySet()));
    CsvSchema.Builder schema =
        CsvSchema.builder().addColumn("id").addColumn("at").addColumn("from").addColumn("to");
    attributes.forEach(name -> schema.addColumn("attr." + name));
    List.of("patience", "handle", "queue", "wait", "outcome", "talk").forEach(schema::addColumn);
    StringWriter out = new StringWriter();
    try (CsvGenerator csv = FACTORY.createGenerator(out)) {
      csv.setSchema(schema.build().withHeader());
      for (Arrival call : calls) {
        row(csv, call, attributes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return out.toString();
  }

  private static void row(JsonGenerator csv, Arrival call, SortedSet<String> attributes)
      throws IOException {
    csv.writeStartObject();
    csv.writeStringField("id", call.id());
    csv.writeStringField("at", call.at().toString());
    csv.writeStringField("from", call.from());
    csv.writeStringField("to", call.to());
    for (String name : attributes) {
      Object value = call.attributes().values().get(name);
      csv.writeStringField("attr." + name, value == null ? "" : value.toString());
    }
    csv.writeStringField("patience", seconds(call.patience()));
    csv.writeStringField("handle", seconds(call.handle()));
    Recorded recorded = call.recorded();
    if (recorded != null) {
      csv.writeStringField("queue", recorded.queue());
      csv.writeStringField("wait", seconds(recorded.waited()));
      csv.writeStringField("outcome", recorded.outcome().name().toLowerCase(Locale.ROOT));
      csv.writeStringField("talk", seconds(recorded.talk()));
    }
    csv.writeEndObject();
  }

  private static String seconds(@Nullable Duration time) {
    return time == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%d.%03d",
            time.plusNanos(HALF_A_MILLI).toSeconds(),
            time.plusNanos(HALF_A_MILLI).toMillis() % MILLIS);
  }
}
