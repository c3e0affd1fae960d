package tandem.edge.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.text.ParseException;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * One SIP stack on one address: single owner of its ports, and the maker of every message the
 * simulator sends. Its threads are the stack's; who listens has to leave them at once.
 */
final class SipPoint implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** In place of a port: a message without SDP. */
  static final int NO_SDP = -1;

  private static final int TRIES = 20;

  private final String host;
  private final int port;
  private final SipStack stack;
  private final SipProvider provider;
  private final AddressFactory addresses;
  private final HeaderFactory headers;
  private final MessageFactory messages;

  /**
   * @param wantedPort UDP and TCP; 0 = any free one
   */
  SipPoint(String host, int wantedPort, SipListener listener) {
    this.host = host;
    try {
      SipFactory factory = SipFactory.getInstance();
      factory.setPathName("gov.nist");
      addresses = factory.createAddressFactory();
      headers = factory.createHeaderFactory();
      messages = factory.createMessageFactory();
      stack = factory.createSipStack(properties());
      Bound bound = bind(wantedPort);
      provider = bound.provider;
      port = bound.port;
      provider.addSipListener(listener);
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot bind SIP to " + host + ":" + wantedPort + ": " + e.getMessage(), e);
    }
  }

  private record Bound(SipProvider provider, int port) {}

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("javax.sip.STACK_NAME", "tandem-sim-" + NUMBER.incrementAndGet());
    properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "on");
    properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
    properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", SipQuietLogger.class.getName());
    properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
    properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
    // One thread keeps a dialog's messages in order; the simulator's work is done elsewhere.
    properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
    properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "1048576");
    properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
    properties.setProperty("gov.nist.javax.sip.CACHE_SERVER_CONNECTIONS", "false");
    return properties;
  }

  private Bound bind(int wanted) throws Exception {
    for (int attempt = 1; ; attempt++) {
      int candidate = wanted == 0 ? freePort() : wanted;
      try {
        ListeningPoint udp = stack.createListeningPoint(host, candidate, "udp");
        ListeningPoint tcp = stack.createListeningPoint(host, candidate, "tcp");
        SipProvider made = stack.createSipProvider(udp);
        made.addListeningPoint(tcp);
        return new Bound(made, candidate);
      } catch (InvalidArgumentException e) {
        if (wanted != 0 || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  SipProvider provider() {
    return provider;
  }

  /** An INVITE with an offer of audio on that port, to {@code user@host[:port]}. */
  Request invite(String fromUser, String fromName, String target, String transport, int mediaPort)
      throws ParseException, InvalidArgumentException {
    SipURI uri = (SipURI) addresses.createURI("sip:" + target);
    if (transport.equals("tcp")) {
      uri.setTransportParam("tcp");
    }
    Address from =
        addresses.createAddress(addresses.createURI("sip:" + fromUser + "@" + host + ":" + port));
    if (!fromName.isEmpty()) {
      from.setDisplayName(fromName);
    }
    ViaHeader via = headers.createViaHeader(host, port, transport, null);
    Request request =
        messages.createRequest(
            uri,
            Request.INVITE,
            provider.getNewCallId(),
            headers.createCSeqHeader(1L, Request.INVITE),
            headers.createFromHeader(from, tag()),
            headers.createToHeader(addresses.createAddress(uri), null),
            java.util.List.of(via),
            headers.createMaxForwardsHeader(70));
    request.addHeader(contact(transport));
    request.setContent(
        Sdp.offer(host, mediaPort), headers.createContentTypeHeader("application", "sdp"));
    return request;
  }

  /**
   * A response; from 180 on with a To tag and a contact.
   *
   * @param mediaPort of an SDP; {@link #NO_SDP} for none
   */
  Response response(Request request, int status, String tag, int mediaPort)
      throws ParseException, InvalidArgumentException {
    Response response = messages.createResponse(status, request);
    if (status > 100) {
      ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
      if (to.getTag() == null) {
        to.setTag(tag);
      }
      if (status < 300) {
        response.addHeader(contact(((ViaHeader) request.getHeader(ViaHeader.NAME)).getTransport()));
      }
    }
    if (mediaPort != NO_SDP) {
      response.setContent(
          Sdp.offer(host, mediaPort), headers.createContentTypeHeader("application", "sdp"));
    }
    return response;
  }

  HeaderFactory headers() {
    return headers;
  }

  static String tag() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  private ContactHeader contact(String transport) throws ParseException {
    SipURI uri = addresses.createSipURI("mod_sofia", host);
    uri.setPort(port);
    if (transport.equalsIgnoreCase("tcp")) {
      uri.setTransportParam("tcp");
    }
    return headers.createContactHeader(addresses.createAddress(uri));
  }

  /** An even port where nobody listens, for who makes no audio. */
  static int silentPort() {
    return 20_000 + ThreadLocalRandom.current().nextInt(5_000) * 2;
  }

  void answer(javax.sip.ServerTransaction transaction, Response response)
      throws SipException, InvalidArgumentException {
    transaction.sendResponse(response);
  }

  @Override
  public void close() {
    stack.stop();
  }
}
