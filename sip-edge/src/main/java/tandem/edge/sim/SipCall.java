package tandem.edge.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call placed by SIP, for {@code ./tandem call}: tells what it sees, hangs up after a while.
 * Its own stack and port, any free one of the loopback address; one object a call.
 */
public final class SipCall implements SipListener, AutoCloseable {

  /** What the caller sees. Told on a thread of this call; must not block. */
  public interface Progress {

    /** The other side has the INVITE. */
    void trying();

    /** It rings (180), or something is heard before the answer (183). */
    void ringing();

    /** 200: answered, by a person or by music. */
    void answered();

    /**
     * Over; nothing follows.
     *
     * @param reason {@code hung up by us}, {@code hung up by the other side}, {@code no answer} or
     *     the SIP status and its phrase
     */
    void ended(String reason);
  }

  private final Progress progress;
  private final SipPoint point;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sip-call");
            thread.setDaemon(true);
            return thread;
          });
  private final CompletableFuture<String> over = new CompletableFuture<>();
  private @Nullable ScheduledFuture<?> limit;
  private @Nullable ClientTransaction invite;
  private @Nullable Dialog dialog;
  private boolean provisional;
  private boolean ringing;
  private boolean answered;
  private boolean hangingUp;

  private SipCall(Progress progress) {
    this.progress = progress;
    this.point = new SipPoint("127.0.0.1", 0, this);
  }

  /**
   * Calls {@code number@host:port} and hangs up {@code length} after the INVITE, answered or not.
   *
   * @param number called number or user, as it goes into the request URI
   * @param from caller's number
   * @return the call; close it when it is over
   */
  public static SipCall place(
      String host, int port, String number, String from, Duration length, Progress progress) {
    if (!number.matches("[+0-9A-Za-z*#._-]+")) {
      throw new IllegalArgumentException("not a number or a user: " + number);
    }
    SipCall call = new SipCall(progress);
    call.worker.execute(() -> call.start(number + "@" + host + ":" + port, from));
    call.limit = call.worker.schedule(call::leave, length.toMillis(), TimeUnit.MILLISECONDS);
    return call;
  }

  /** Completes with the reason of the end. */
  public CompletableFuture<String> over() {
    return over;
  }

  /** Hangs up: CANCEL or BYE, whichever fits. */
  public void hangup() {
    worker.execute(this::leave);
  }

  private void start(String target, String from) {
    try {
      if (SipAdapter.deaf(target, false)) {
        end("503 nobody listens at " + target.substring(target.indexOf('@') + 1));
        return;
      }
      ClientTransaction made =
          point
              .provider()
              .getNewClientTransaction(
                  point.invite(from, "", target, "udp", SipPoint.silentPort()));
      invite = made;
      made.sendRequest();
      dialog = made.getDialog();
    } catch (Exception e) {
      end("503 " + e.getMessage());
    }
  }

  private void leave() {
    hangingUp = true;
    try {
      Dialog mine = dialog;
      ClientTransaction first = invite;
      if (answered && mine != null) {
        mine.sendRequest(point.provider().getNewClientTransaction(mine.createRequest(Request.BYE)));
        end("hung up by us");
      } else if (provisional && first != null) {
        point.provider().getNewClientTransaction(first.createCancel()).sendRequest();
      } else if (first == null) {
        end("hung up by us");
      }
    } catch (Exception e) {
      end("503 " + e.getMessage());
    }
  }

  private void end(String reason) {
    if (over.isDone()) {
      return;
    }
    if (limit != null) {
      limit.cancel(false);
    }
    progress.ended(reason);
    over.complete(reason);
  }

  private void respond(ResponseEvent event) throws Exception {
    Response response = event.getResponse();
    CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    int status = response.getStatusCode();
    if (!sequence.getMethod().equals(Request.INVITE)) {
      return;
    }
    if (status >= 300) {
      end(hangingUp ? "hung up by us" : status + " " + response.getReasonPhrase());
    } else if (status >= 200) {
      Dialog mine = event.getDialog();
      dialog = mine;
      mine.sendAck(mine.createAck(sequence.getSeqNumber()));
      if (!answered) {
        answered = true;
        progress.answered();
        if (hangingUp) {
          leave();
        }
      }
    } else {
      boolean first = !provisional;
      provisional = true;
      if (first) {
        progress.trying();
      }
      if (status > 100 && !ringing) {
        ringing = true;
        progress.ringing();
      }
      if (first && hangingUp) {
        leave();
      }
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {
    worker.execute(
        () -> {
          try {
            respond(event);
          } catch (Exception e) {
            end("503 " + e.getMessage());
          }
        });
  }

  @Override
  public void processRequest(RequestEvent event) {
    worker.execute(
        () -> {
          try {
            Request request = event.getRequest();
            if (request.getMethod().equals(Request.ACK)) {
              return;
            }
            var transaction = event.getServerTransaction();
            if (transaction == null) {
              transaction = point.provider().getNewServerTransaction(request);
            }
            transaction.sendResponse(
                point.response(
                    request,
                    Response.OK,
                    SipPoint.tag(),
                    request.getMethod().equals(Request.INVITE)
                        ? SipPoint.silentPort()
                        : SipPoint.NO_SDP));
            if (request.getMethod().equals(Request.BYE)) {
              end("hung up by the other side");
            }
          } catch (Exception e) {
            end("503 " + e.getMessage());
          }
        });
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    if (!event.isServerTransaction()) {
      worker.execute(() -> end("no answer"));
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    worker.execute(() -> end("503 cannot reach " + event.getHost() + ":" + event.getPort()));
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    // Of no interest: the end was told by then.
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    worker.execute(() -> end("hung up by the other side"));
  }

  @Override
  public void close() {
    worker.shutdown();
    point.close();
  }
}
