package tandem.router.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.router.domain.CallId;
import tandem.router.domain.ivr.Ask;
import tandem.router.domain.ivr.IvrNode;

/**
 * Asks other systems over HTTP, without waiting. It follows no redirects: a plan names its hosts
 * itself. What it may ask is said by {@link LookupSettings}.
 */
final class LookupClient {
  /** Bytes of an answer: a customer's record, not a catalogue. */
  static final int LONGEST_ANSWER = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(LookupClient.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Counter LOOKUPS =
      Counter.build()
          .name("tandem_lookups_total")
          .help("Questions of interactive flows to other systems, by what came of them.")
          .labelNames("outcome")
          .register();

  private record Key(CallId call, int number) {}

  private final LookupSettings settings;
  private final Executor executor;
  private final Clock clock;
  private final BiConsumer<LookUp, Answer> told;
  private final HttpClient http;
  private final Circuit circuit = new Circuit();
  private final Semaphore free;
  private final Set<Key> asking = ConcurrentHashMap.newKeySet();

  /**
   * @param executor for what may block, such as looking a host's address up
   * @param told hears what came of each question, once
   */
  LookupClient(
      LookupSettings settings, Executor executor, Clock clock, BiConsumer<LookUp, Answer> told) {
    this.settings = settings;
    this.executor = executor;
    this.clock = clock;
    this.told = told;
    this.free = new Semaphore(settings.atOnce());
    this.http =
        HttpClient.newBuilder()
            .executor(executor)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Asks; while it is asked a repeat changes nothing. */
  void ask(LookUp lookUp) {
    Key key = new Key(lookUp.call(), lookUp.number());
    if (!asking.add(key)) {
      return;
    } else if (!free.tryAcquire()) {
      asking.remove(key);
      tell(lookUp, Answer.FAILED, "too many questions are under way");
      return;
    }
    AtomicReference<@Nullable CompletableFuture<?>> sent = new AtomicReference<>();
    var unused =
        CompletableFuture.supplyAsync(() -> request(lookUp), executor)
            .thenCompose(
                request -> {
                  var exchange = http.sendAsync(request, info -> new LimitedBody(LONGEST_ANSWER));
                  sent.set(exchange);
                  return exchange;
                })
            .thenApply(response -> answer(response, lookUp.request().answer()))
            .orTimeout(lookUp.request().timeout().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (answer, failure) -> {
                  free.release();
                  asking.remove(key);
                  if (failure == null) {
                    circuit.answered(host(lookUp));
                    tell(lookUp, answer, "");
                  } else {
                    stop(sent.get());
                    failed(lookUp, failure);
                  }
                });
  }

  /** A host that sends its answer drop by drop would hold its connection for ever. */
  private static void stop(@Nullable CompletableFuture<?> exchange) {
    if (exchange != null) {
      exchange.cancel(true);
    }
  }

  private void failed(LookUp lookUp, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean late = cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
    if (late || cause instanceof IOException) {
      circuit.failed(host(lookUp), clock.instant());
    }
    tell(lookUp, late ? Answer.TIMED_OUT : Answer.FAILED, String.valueOf(cause.getMessage()));
  }

  private void tell(LookUp lookUp, Answer answer, String why) {
    LOOKUPS.labels(answer.found().name().toLowerCase(Locale.ROOT)).inc();
    if (!why.isEmpty()) {
      // Only the host: the rest of the address may hold what a caller has keyed in in secret.
      log.info("{} was not told by {}: {}", lookUp.call(), host(lookUp), why);
    }
    told.accept(lookUp, answer);
  }

  private static String host(LookUp lookUp) {
    String host = URI.create(lookUp.request().url()).getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }

  /** The request, when it may be sent; an {@link IllegalStateException} says why not. */
  private HttpRequest request(LookUp lookUp) {
    Ask.Request wanted = lookUp.request();
    URI uri = URI.create(wanted.url());
    String host = host(lookUp);
    if (!settings.isTrusted(host)) {
      mustBePublic(uri, host);
    }
    if (!circuit.mayAsk(host, clock.instant())) {
      throw new IllegalStateException("it has failed too often, and is spared for a while");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(wanted.timeout())
            .header("Accept", "application/json")
            // A crash may ask once more.
            .header("Idempotency-Key", lookUp.call().channel() + '-' + lookUp.number());
    wanted
        .headers()
        .forEach(
            (header, name) -> {
              Optional<String> secret = settings.secret(lookUp.call().tenant(), name, host);
              request.header(
                  header,
                  secret.orElseThrow(
                      () ->
                          new IllegalStateException(
                              "the installation has no secret '" + name + "' for it")));
            });
    if (wanted.method() == IvrNode.Method.POST) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body(wanted)));
    }
    return request.build();
  }

  private static byte[] body(Ask.Request wanted) {
    try {
      return wanted.body() == null ? new byte[0] : JSON.writeValueAsBytes(wanted.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the body cannot be written", e);
    }
  }

  /** Plans are a tenant's: they must not reach what only this installation can reach. */
  private static void mustBePublic(URI uri, String host) {
    if (!"https".equals(uri.getScheme())) {
      throw new IllegalStateException("it may not be asked without TLS");
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (isPrivate(address)) {
          throw new IllegalStateException("its address is not public");
        }
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("there is no such host", e);
    }
  }

  /** RFC 1918, 4193 (fc00::/7), 6598 (100.64/10) and what the JDK knows. */
  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    return shared
        || unique
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }

  private static Answer answer(HttpResponse<byte[]> response, Map<String, String> pointers) {
    if (response.statusCode() / 100 == 5) {
      throw new CompletionException(new IOException("it answered " + response.statusCode()));
    } else if (response.statusCode() / 100 != 2) {
      // It is well; it only does not know.
      return Answer.FAILED;
    }
    try {
      return Answer.of(response.body(), pointers);
    } catch (IOException e) {
      throw new CompletionException(new IllegalStateException("the answer is no JSON", e));
    }
  }
}
