package tandem.http.feed;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.prometheus.client.Gauge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import tandem.cluster.Metrics;
import tandem.http.auth.Authenticator;
import tandem.http.feed.FeedSession.Close;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.http.routes.Endpoint;
import tandem.http.routes.Exchange;
import tandem.http.routes.Query;
import tandem.router.domain.TenantId;

/** {@code /feed}: makes a WebSocket of a request, and a {@link FeedSession} of that. */
public final class FeedEndpoint {
  private static final String PROTOCOL = "tandem.v1";
  private static final String BEARER = "bearer.";
  private static final Gauge SESSIONS =
      Metrics.gauge("tandem_feed_sessions", "Clients of the live feed.");

  private static final long MAX_WRITE = 32 * 1024;

  /** RFC 6455: an empty ping, unmasked as a server's frames are. */
  private static final ByteString PING = ByteString.fromArray(new byte[] {(byte) 0x89, 0});

  private final FeedSettings settings;
  private final Authenticator authenticator;
  private final Materializer materializer;
  private final ActorRef<FeedHubs.Command> hubs;
  private final Set<FeedSession> open = ConcurrentHashMap.newKeySet();

  public FeedEndpoint(
      ActorSystem<?> system,
      FeedSettings settings,
      RouterPort router,
      FeedSource source,
      Authenticator authenticator) {
    this.settings = settings;
    this.authenticator = authenticator;
    this.materializer = SystemMaterializer.get(system).materializer();
    Openings openings = new Openings(settings.openings());
    this.hubs =
        system.systemActorOf(
            FeedHubs.create(
                (tenant, unused) ->
                    FeedHub.create(
                        tenant,
                        settings,
                        source,
                        new FeedSweep(router, tenant, materializer),
                        openings,
                        unused)),
            "feed-hubs",
            Props.empty());
  }

  public Endpoint endpoint() {
    return Endpoint.open("/feed", this::upgrade);
  }

  /** Tells every client that the node stops. */
  public void closeAll() {
    open.forEach(session -> session.close(Close.GOING_AWAY, "the node stops; come back"));
  }

  private CompletionStage<HttpResponse> upgrade(Exchange exchange) {
    HttpRequest request = exchange.request();
    Query query = exchange.query();
    Optional<String> token = query.text("access_token", text -> text);
    Optional<Cursor> cursor = query.text("cursor", Cursor::parse);
    query.finish();
    Optional<WebSocketUpgrade> upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
    List<String> protocols = new ArrayList<>();
    upgrade.ifPresent(u -> u.getRequestedProtocols().forEach(protocols::add));
    TenantId tenant =
        authenticator.tenant(
            Authenticator.headerToken(request).or(() -> token).or(() -> bearer(protocols)));
    WebSocketUpgrade socket =
        upgrade.orElseThrow(
            () -> new ProblemException(Problem.of(426, "The feed is a WebSocket.")));
    return CompletableFuture.completedFuture(accept(socket, protocols, tenant, cursor));
  }

  private static Optional<String> bearer(List<String> protocols) {
    return protocols.stream()
        .filter(protocol -> protocol.startsWith(BEARER))
        .map(protocol -> protocol.substring(BEARER.length()))
        .findFirst();
  }

  private HttpResponse accept(
      WebSocketUpgrade socket, List<String> protocols, TenantId tenant, Optional<Cursor> cursor) {
    FeedSession session =
        new FeedSession(settings.clientBuffer(), settings.sendTimeout(), materializer);
    Flow<Message, Message, NotUsed> flow = flow(tenant, session, cursor);
    HttpResponse response =
        protocols.contains(PROTOCOL)
            ? socket.handleMessagesWith(flow, PROTOCOL)
            : socket.handleMessagesWith(flow);
    return withBytes(response, session);
  }

  private Flow<Message, Message, NotUsed> flow(
      TenantId tenant, FeedSession session, Optional<Cursor> cursor) {
    Sink<Message, NotUsed> in =
        Flow.<Message>create()
            .mapAsync(1, m -> ClientText.of(m, settings.maxClientMessage(), materializer))
            .to(Sink.<Optional<String>>foreach(text -> heard(session, text)));
    Source<Message, NotUsed> out =
        session
            .messages()
            .watchTermination(
                (notUsed, done) -> {
                  // Only now that the connection is there: a request that came to nothing joins
                  // nothing.
                  joined(tenant, session, cursor);
                  var unused = done.whenComplete((ok, failure) -> left(tenant, session));
                  return notUsed;
                });
    return Flow.fromSinkAndSourceCoupled(in, out);
  }

  private void joined(TenantId tenant, FeedSession session, Optional<Cursor> cursor) {
    open.add(session);
    SESSIONS.inc();
    hubs.tell(new FeedHubs.Join(tenant, session, cursor));
  }

  private void left(TenantId tenant, FeedSession session) {
    open.remove(session);
    SESSIONS.dec();
    hubs.tell(new FeedHubs.Leave(tenant, session));
  }

  private static void heard(FeedSession session, Optional<String> text) {
    Optional<String> wrong =
        text.isEmpty()
            ? Optional.of("must be a short text message")
            : ClientMessages.wrong(text.get());
    if (wrong.isPresent()) {
      session.close(Close.POLICY, wrong.get());
    } else {
      session.pong(Instant.now());
    }
  }

  /**
   * Wraps what Akka HTTP does with the connection's bytes, which come one whole frame at a time: a
   * client from which nothing comes, or that takes nothing, is given up, busy ones are pinged as
   * well as silent ones (whose pongs show that they live), and the close frame says our code. None
   * of it can be had on the level of messages.
   */
  private HttpResponse withBytes(HttpResponse response, FeedSession session) {
    List<HttpHeader> headers = new ArrayList<>();
    for (HttpHeader header : response.getHeaders()) {
      if (header instanceof UpgradeToOtherProtocolResponseHeader upgrade) {
        Flow<ByteString, ByteString, ?> bytes =
            Flow.<ByteString>create()
                .idleTimeout(settings.idleTimeout())
                .via(upgrade.handler())
                .map(session::withCloseCode)
                .merge(Source.tick(settings.ping(), settings.ping(), PING), true)
                // One write for what has piled up while the last one went out.
                .batchWeighted(MAX_WRITE, frame -> (long) frame.size(), f -> f, ByteString::concat)
                .backpressureTimeout(settings.idleTimeout());
        headers.add(new UpgradeToOtherProtocolResponseHeader(scala(bytes)));
      } else {
        headers.add(header);
      }
    }
    return response.withHeaders(headers);
  }

  @SuppressWarnings("unchecked") // the materialized value is not used
  private static akka.stream.scaladsl.Flow<ByteString, ByteString, Object> scala(
      Flow<ByteString, ByteString, ?> flow) {
    return (akka.stream.scaladsl.Flow<ByteString, ByteString, Object>) flow.asScala();
  }
}
