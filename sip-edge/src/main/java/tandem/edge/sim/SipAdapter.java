package tandem.edge.sim;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch's SIP side. The stack's threads only find out which leg a message is about; what it
 * means happens on the loop, and what is sent leaves from one thread of its own, so that a slow
 * network never stops the switch.
 */
final class SipAdapter implements LegPorts, SipListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SipAdapter.class);

  private final SwitchCore core;
  private final Switch owner;
  private final SipPoint point;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "switch-sim-sip");
            thread.setDaemon(true);
            return thread;
          });

  /** Something sent that may fail. */
  interface Sending {
    void send() throws Exception;
  }

  SipAdapter(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
    point = new SipPoint(core.settings().host(), core.settings().sipPort(), this);
  }

  int port() {
    return point.port();
  }

  SipPoint point() {
    return point;
  }

  Switch owner() {
    return owner;
  }

  FarEnd farEnd() {
    return owner;
  }

  SwitchCore core() {
    return core;
  }

  @Override
  public LegPort outbound(String target) {
    return new SipLeg(this, target);
  }

  /** Sends from the sender's thread; a failure is told to {@code failed} there. */
  void send(String what, Sending sending, Runnable failed) {
    try {
      sender.execute(
          () -> {
            try {
              sending.send();
            } catch (Exception e) {
              LOG.debug("cannot send {}", what, e);
              failed.run();
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("closed: {} is not sent", what);
    }
  }

  /**
   * Whether nobody listens at an address of this machine: the stack itself never hears of a refused
   * datagram. Addresses elsewhere are believed to be alive.
   */
  static boolean deaf(String target, boolean tcp) {
    String address = target.substring(target.indexOf('@') + 1);
    int parameters = address.indexOf(';');
    if (parameters >= 0) {
      address = address.substring(0, parameters);
    }
    int colon = address.lastIndexOf(':');
    int port = colon < 0 ? 5060 : Integer.parseInt(address.substring(colon + 1));
    try {
      InetAddress host = InetAddress.getByName(colon < 0 ? address : address.substring(0, colon));
      if (!host.isLoopbackAddress() && NetworkInterface.getByInetAddress(host) == null) {
        return false;
      }
      return tcp
          ? canListen(new InetSocketAddress(host, port))
          : canReceive(new InetSocketAddress(host, port));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean canReceive(InetSocketAddress address) {
    try (DatagramSocket socket = new DatagramSocket(address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean canListen(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void processRequest(RequestEvent event) {
    Request request = event.getRequest();
    try {
      switch (request.getMethod()) {
        case Request.INVITE -> invite(event, request);
        case Request.ACK -> LOG.trace("ACK");
        case Request.CANCEL -> cancel(event, request);
        case Request.BYE -> bye(event, request);
        case Request.INFO -> info(event, request);
        case Request.OPTIONS -> reply(event, request, Response.OK);
        default -> reply(event, request, Response.METHOD_NOT_ALLOWED);
      }
    } catch (Exception e) {
      LOG.debug("a {} could not be handled", request.getMethod(), e);
    }
  }

  private void invite(RequestEvent event, Request request) throws Exception {
    SipLeg known = leg(event);
    if (known != null) {
      // A re-INVITE: agreed to, wherever it wants its audio.
      known.media().remote(request.getRawContent());
      ServerTransaction transaction = transaction(event, request);
      transaction.sendResponse(
          point.response(request, Response.OK, SipPoint.tag(), known.media().port()));
      return;
    }
    if (event.getServerTransaction() != null) {
      return;
    }
    ServerTransaction transaction = point.provider().getNewServerTransaction(request);
    transaction.sendResponse(point.response(request, Response.TRYING, "", SipPoint.NO_SDP));
    SipLeg leg = new SipLeg(this, transaction, request);
    transaction.setApplicationData(leg);
    transaction.getDialog().setApplicationData(leg);
    core.loop().execute(() -> leg.arrive(owner));
  }

  private void cancel(RequestEvent event, Request request) throws Exception {
    SipLeg leg = leg(event);
    reply(event, request, leg == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
    if (leg != null) {
      leg.cancelled();
    }
  }

  private void bye(RequestEvent event, Request request) throws Exception {
    SipLeg leg = leg(event);
    reply(event, request, leg == null ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.OK);
    if (leg != null) {
      leg.ended();
    }
  }

  /** An INFO is an event of its own, also when it has a digit: the digits come as RTP. */
  private void info(RequestEvent event, Request request) throws Exception {
    reply(event, request, Response.OK);
    SipLeg leg = leg(event);
    if (leg != null) {
      leg.info();
    }
  }

  private ServerTransaction transaction(RequestEvent event, Request request) throws SipException {
    ServerTransaction known = event.getServerTransaction();
    return known != null ? known : point.provider().getNewServerTransaction(request);
  }

  private void reply(RequestEvent event, Request request, int status)
      throws SipException, InvalidArgumentException, java.text.ParseException {
    transaction(event, request)
        .sendResponse(point.response(request, status, SipPoint.tag(), SipPoint.NO_SDP));
  }

  private static @Nullable SipLeg leg(RequestEvent event) {
    return event.getDialog() != null && event.getDialog().getApplicationData() instanceof SipLeg leg
        ? leg
        : null;
  }

  @Override
  public void processResponse(ResponseEvent event) {
    Transaction transaction = event.getClientTransaction();
    if (transaction != null && transaction.getApplicationData() instanceof SipLeg leg) {
      leg.response(event);
    }
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    if (!event.isServerTransaction()
        && event.getClientTransaction().getApplicationData() instanceof SipLeg leg) {
      leg.failed(Response.REQUEST_TIMEOUT);
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    LOG.debug("SIP to {}:{} failed", event.getHost(), event.getPort());
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    LOG.trace("a transaction is over");
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    LOG.trace("a dialog is over");
  }

  @Override
  public void close() {
    sender.shutdown();
    point.close();
  }
}
