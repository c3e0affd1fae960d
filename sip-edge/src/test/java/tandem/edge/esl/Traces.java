package tandem.edge.esl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recorded byte streams of a real switch, in the test resources. */
final class Traces {
  static final EslLimits LIMITS = new EslLimits(256 * 1024, 1 << 20);

  private Traces() {}

  /** Every stream from the switch, by file name. */
  static Stream<String> all() {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Traces.class.getResource("/traces")).toURI()))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".in.gz"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The streams of connections that a client opened; the others (o1…) were opened by the switch.
   */
  static Stream<String> inbound() {
    return all().filter(name -> !name.matches(".*\\.o\\d\\.in\\.gz"));
  }

  static byte[] bytes(String name) {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(Traces.class.getResourceAsStream("/traces/" + name), name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<EslFrame> frames(byte[] stream) {
    EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
    decoder.feed(stream, 0, stream.length);
    List<EslFrame> frames = drain(decoder);
    if (decoder.buffered() != 0) {
      throw new AssertionError(decoder.buffered() + " bytes left over");
    }
    return frames;
  }

  static List<EslFrame> drain(EslFrameDecoder decoder) {
    List<EslFrame> frames = new ArrayList<>();
    try {
      for (EslFrame frame = decoder.next(); frame != null; frame = decoder.next()) {
        frames.add(frame);
      }
    } catch (EslProtocolException e) {
      throw new AssertionError(e);
    }
    return frames;
  }

  static EslEvent event(EslFrame frame) {
    try {
      return EslEvent.of(frame);
    } catch (EslProtocolException e) {
      throw new AssertionError(e);
    }
  }
}
