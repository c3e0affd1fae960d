package tandem.edge.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.edge.esl.EslFrame;
import tandem.edge.esl.EslFrameDecoder;
import tandem.edge.esl.EslLimits;
import tandem.edge.esl.EslProtocolException;

/**
 * Everything a real switch said on an inbound connection, through the edge, against lists of facts
 * that were reviewed by hand. {@code -Dtandem.golden.write=true} writes the lists anew, to be
 * reviewed.
 */
class GoldenTraceTest {
  private static final Path TRACES = Path.of("src/test/resources/traces");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static Stream<String> inbound() {
    try (Stream<Path> files = Files.list(TRACES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".in.gz") && !name.matches(".*\\.o\\d\\.in\\.gz"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("inbound")
  void shouldMakeTheReviewedFactsOfWhatWasRecorded(String trace)
      throws IOException, EslProtocolException {
    TraceReplay replay = new TraceReplay();
    for (EslFrame frame : frames(trace)) {
      replay.play(frame);
    }
    assertThat(replay.unhandled()).as("frames nobody handles").isEmpty();

    Path golden = GOLDEN.resolve(trace.replace(".in.gz", ".txt"));
    if (Boolean.getBoolean("tandem.golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, String.join("\n", replay.facts()) + "\n", UTF_8);
    }
    assertThat(golden).exists();
    List<String> reviewed =
        Files.readAllLines(golden, UTF_8).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(replay.facts()).isEqualTo(reviewed);
  }

  private static List<EslFrame> frames(String trace) throws IOException, EslProtocolException {
    EslFrameDecoder decoder = new EslFrameDecoder(new EslLimits(256 * 1024, 1 << 20));
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                GoldenTraceTest.class.getResourceAsStream("/traces/" + trace), trace))) {
      byte[] bytes = in.readAllBytes();
      decoder.feed(bytes, 0, bytes.length);
    }
    Stream.Builder<EslFrame> frames = Stream.builder();
    for (EslFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
      frames.add(frame);
    }
    return frames.build().toList();
  }
}
