package tandem.edge.sim;

import java.util.Locale;
import java.util.UUID;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * One SIP dialog of the switch, either way. The far end's messages come on the stack's threads and
 * are handed to the loop; the switch's orders come on the loop and are sent by the adapter.
 */
final class SipLeg implements LegPort {

  private final SipAdapter adapter;
  private final String target;
  private final String tag = SipPoint.tag();
  private final @Nullable ServerTransaction inbound;
  private final @Nullable Request request;
  private final SipMedia media;
  private volatile @Nullable SimChannel channel;
  // The sender's thread and the stack's meet here: what was sent decides what may be sent next.
  private @Nullable ClientTransaction outbound;
  private @Nullable Dialog dialog;
  private boolean provisional;
  private boolean confirmed;
  private boolean over;

  SipLeg(SipAdapter adapter, String target) {
    this.adapter = adapter;
    this.target = target;
    this.media = new SipMedia(adapter);
    this.inbound = null;
    this.request = null;
  }

  SipLeg(SipAdapter adapter, ServerTransaction transaction, Request request) {
    this.adapter = adapter;
    this.target = "";
    this.media = new SipMedia(adapter);
    this.inbound = transaction;
    this.request = request;
    this.dialog = transaction.getDialog();
  }

  /** On the loop: the INVITE has come. */
  void arrive(Switch owner) {
    Request invite = request;
    if (invite == null) {
      return;
    }
    SimChannel made =
        new SimChannel(
            UUID.randomUUID().toString(), true, this, adapter.core().clock().cachedMicros());
    FromHeader from = (FromHeader) invite.getHeader(FromHeader.NAME);
    ViaHeader via = (ViaHeader) invite.getHeader(ViaHeader.NAME);
    String user =
        from.getAddress().getURI() instanceof SipURI uri && uri.getUser() != null
            ? uri.getUser()
            : "anonymous";
    String name = from.getAddress().getDisplayName();
    made.callerNumber = user;
    made.callerName = name == null ? user : name;
    made.destination =
        invite.getRequestURI() instanceof SipURI uri && uri.getUser() != null ? uri.getUser() : "";
    made.address = via.getHost();
    made.name =
        "sofia/external/"
            + user
            + "@"
            + via.getHost()
            + (via.getPort() > 0 ? ":" + via.getPort() : "");
    made.variables.put(
        "sip_call_id", ((CallIdHeader) invite.getHeader(CallIdHeader.NAME)).getCallId());
    made.variables.put("sip_via_protocol", via.getTransport().toLowerCase(Locale.ROOT));
    channel = made;
    media.open(made);
    media.remote(invite.getRawContent());
    if (owner.arrive(made)) {
      media.start(made);
    } else {
      media.close();
      refuse(Response.SERVICE_UNAVAILABLE);
    }
  }

  SipMedia media() {
    return media;
  }

  @Override
  public @Nullable RtpPort rtp() {
    return media.rtp();
  }

  @Override
  public boolean speaks() {
    return true;
  }

  @Override
  public long lastSound(int threshold) {
    return media.lastSound(threshold);
  }

  @Override
  public void digits(SimChannel sent, String digits) {
    media.digits(digits);
  }

  /** A NOTIFY in the dialog, also before its answer: phones of a known kind pick up at it. */
  @Override
  public void phoneEvent(SimChannel told, String event) {
    adapter.send(
        "NOTIFY " + event,
        () -> {
          Dialog mine;
          synchronized (this) {
            mine = dialog;
          }
          if (mine != null) {
            Request notify = mine.createRequest(Request.NOTIFY);
            notify.addHeader(adapter.point().headers().createEventHeader(event));
            notify.addHeader(
                adapter.point().headers().createHeader("Subscription-State", "active"));
            mine.sendRequest(adapter.point().provider().getNewClientTransaction(notify));
          }
        },
        () -> {});
  }

  @Override
  public void invite(SimChannel made) {
    channel = made;
    media.open(made);
    media.start(made);
    boolean tcp = target.toLowerCase(Locale.ROOT).contains("transport=tcp");
    adapter.send(
        "INVITE",
        () -> {
          if (SipAdapter.deaf(target, tcp)) {
            failed(Response.SERVICE_UNAVAILABLE);
            return;
          }
          Request invite =
              adapter
                  .point()
                  .invite(
                      made.callerNumber,
                      made.callerName,
                      target,
                      tcp ? "tcp" : "udp",
                      media.port());
          ClientTransaction transaction =
              adapter.point().provider().getNewClientTransaction(invite);
          transaction.setApplicationData(this);
          synchronized (this) {
            if (over) {
              return;
            }
            outbound = transaction;
            dialog = transaction.getDialog();
          }
          transaction.getDialog().setApplicationData(this);
          transaction.sendRequest();
        },
        () -> failed(Response.SERVICE_UNAVAILABLE));
  }

  @Override
  public void ring(SimChannel ringing) {
    respond(Response.RINGING, false);
  }

  @Override
  public void early(SimChannel early) {
    respond(Response.SESSION_PROGRESS, true);
  }

  @Override
  public void answer(SimChannel answered) {
    synchronized (this) {
      confirmed = true;
    }
    respond(Response.OK, true);
  }

  @Override
  public void hangup(SimChannel ended, String cause, boolean byFarEnd) {
    media.close();
    boolean sendBye;
    boolean sendCancel;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      sendBye = confirmed;
      sendCancel = outbound != null && !confirmed && provisional;
    }
    if (byFarEnd) {
      return;
    }
    if (sendBye) {
      adapter.send("BYE", this::sendBye, () -> {});
    } else if (inbound != null) {
      refuse(Causes.refusal(cause));
    } else if (sendCancel) {
      adapter.send("CANCEL", this::sendCancel, () -> {});
    }
  }

  @Override
  public void bridged(SimChannel bridged, @Nullable SimChannel other) {
    // The mixer finds out by itself whom a leg hears.
  }

  @Override
  public void hold(SimChannel held, boolean on) {
    // As with the bridge.
  }

  /** The stack's thread: a CANCEL for this INVITE. */
  void cancelled() {
    synchronized (this) {
      if (confirmed || over) {
        return;
      }
      over = true;
    }
    refuse(Response.REQUEST_TERMINATED);
    gone();
  }

  /** The stack's thread: BYE. */
  void ended() {
    synchronized (this) {
      over = true;
    }
    gone();
  }

  /** The stack's thread: an INFO, which is an event of its own and no digit (05d). */
  void info() {
    SimChannel mine = channel;
    if (mine != null) {
      adapter
          .core()
          .loop()
          .execute(
              () -> {
                if (!mine.hungUp()) {
                  adapter.core().events().full(mine, "RECV_INFO");
                }
              });
    }
  }

  /** The outbound leg came to nothing. */
  void failed(int status) {
    SimChannel mine = channel;
    synchronized (this) {
      if (confirmed || over) {
        return;
      }
      over = true;
    }
    if (mine != null) {
      adapter.core().loop().execute(() -> adapter.farEnd().refused(mine, status));
    }
  }

  /** The stack's thread: a response to our INVITE; those to BYE and CANCEL mean nothing. */
  void response(ResponseEvent event) {
    Response response = event.getResponse();
    CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (!sequence.getMethod().equals(Request.INVITE)) {
      return;
    }
    int status = response.getStatusCode();
    SimChannel mine = channel;
    if (status >= 300) {
      failed(status);
    } else if (mine == null) {
      return;
    } else if (status >= 200) {
      accepted(event, sequence, mine);
    } else {
      boolean cancelNow;
      synchronized (this) {
        cancelNow = over && !provisional;
        provisional = true;
      }
      if (cancelNow) {
        adapter.send("CANCEL", this::sendCancel, () -> {});
      } else if (status == Response.SESSION_PROGRESS && response.getRawContent() != null) {
        media.remote(response.getRawContent());
        adapter.core().loop().execute(() -> adapter.farEnd().early(mine));
      } else if (status > 100) {
        adapter.core().loop().execute(() -> adapter.farEnd().ringing(mine));
      }
    }
  }

  private void accepted(ResponseEvent event, CSeqHeader sequence, SimChannel mine) {
    Dialog answered = event.getDialog();
    boolean late;
    boolean repeated;
    synchronized (this) {
      repeated = confirmed;
      late = over;
      confirmed = true;
      dialog = answered;
    }
    adapter.send(
        "ACK", () -> answered.sendAck(answered.createAck(sequence.getSeqNumber())), () -> {});
    if (repeated) {
      return;
    }
    media.remote(event.getResponse().getRawContent());
    if (late) {
      adapter.send("BYE", this::sendBye, () -> {});
    } else {
      adapter.core().loop().execute(() -> adapter.farEnd().answered(mine));
    }
  }

  private void gone() {
    SimChannel mine = channel;
    if (mine != null) {
      adapter.core().loop().execute(() -> adapter.farEnd().gone(mine));
    }
  }

  private void refuse(int status) {
    respond(status, false);
  }

  private void respond(int status, boolean sdp) {
    int port = sdp ? media.port() : SipPoint.NO_SDP;
    ServerTransaction transaction = inbound;
    Request invite = request;
    if (transaction != null && invite != null) {
      adapter.send(
          status + " to INVITE",
          () -> transaction.sendResponse(adapter.point().response(invite, status, tag, port)),
          () -> {});
    }
  }

  private void sendBye() throws Exception {
    Dialog mine;
    synchronized (this) {
      mine = dialog;
    }
    if (mine != null) {
      Request bye = mine.createRequest(Request.BYE);
      mine.sendRequest(adapter.point().provider().getNewClientTransaction(bye));
    }
  }

  private void sendCancel() throws Exception {
    ClientTransaction mine;
    synchronized (this) {
      mine = outbound;
    }
    if (mine != null) {
      adapter.point().provider().getNewClientTransaction(mine.createCancel()).sendRequest();
    }
  }
}
