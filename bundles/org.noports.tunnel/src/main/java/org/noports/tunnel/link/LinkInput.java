package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordType;

/** What may come when: the preface, the confirm record, and only then anything else. */
final class LinkInput implements RecordSink {
  private final SealedLink link;
  private final LinkListener listener;
  private final LinkKeyring keyring;
  private boolean begun;

  LinkInput(SealedLink link, LinkListener listener, LinkKeyring keyring) {
    this.link = link;
    this.listener = listener;
    this.keyring = keyring;
  }

  @Override
  public void begun() {
    begun = true;
  }

  @Override
  public void preface(LinkPreface preface) throws ProtocolViolation {
    if (!preface.equals(keyring.preface())) {
      throw new ProtocolViolation(
          "The relay has paired us with link "
              + preface.link()
              + " of epoch "
              + preface.epoch()
              + ", and not with "
              + keyring.preface().link()
              + " of epoch "
              + keyring.preface().epoch());
    }
  }

  @Override
  public void data(ByteBuf clear) throws ProtocolViolation {
    if (link.state() == SealedLink.State.OPEN) {
      listener.data(link, clear);
      return;
    }
    clear.release();
    confirmedOnly(RecordType.DATA);
  }

  private void confirmedOnly(RecordType type) throws ProtocolViolation {
    if (link.state() == SealedLink.State.CONFIRMING) {
      throw new ProtocolViolation("The other end sent " + type + " before it had proven itself");
    }
  }

  @Override
  public void control(RecordType type, byte[] content) throws ProtocolViolation, CipherUnavailable {
    if (type == RecordType.CONFIRM) {
      confirm(content);
      return;
    }
    confirmedOnly(type);
    switch (type) {
      case ACK -> ack(content);
      case REKEY, SWITCH -> keyring.received(type, content);
      case CLOSE -> close(content);
      default -> {
        // Padding says nothing.
      }
    }
  }

  @Override
  public void leave(byte[] content) throws ProtocolViolation, CipherUnavailable {
    confirmedOnly(RecordType.LEAVE);
    keyring.left(content, link.state() == SealedLink.State.CLOSING);
  }

  private void confirm(byte[] content) throws ProtocolViolation, CipherUnavailable {
    if (link.state() != SealedLink.State.CONFIRMING) {
      throw new ProtocolViolation("The other end proved itself twice");
    }
    if (!MessageDigest.isEqual(content, keyring.confirm(false))) {
      throw new ProtocolViolation("Who is at the other end is not who agreed on this session");
    }
    link.confirmed();
  }

  private void ack(byte[] content) throws ProtocolViolation {
    if (content.length != Long.BYTES) {
      throw new ProtocolViolation("An ack record has " + content.length + " bytes instead of 8");
    }
    if (link.state() == SealedLink.State.OPEN) {
      listener.acked(link, ByteBuffer.wrap(content).getLong());
    }
  }

  private void close(byte[] content) throws ProtocolViolation {
    if (content.length > 0) {
      throw new ProtocolViolation("A close record is not empty");
    }
    link.closedByOther();
  }

  @Override
  public void readComplete() {
    if (link.state() == SealedLink.State.OPEN) {
      listener.readComplete(link);
    }
  }

  @Override
  public void inputEnded() {
    link.end(Optional.of(LinkFailure.cut(link, begun)));
  }

  @Override
  public void writabilityChanged() {
    if (link.state() == SealedLink.State.OPEN) {
      listener.writabilityChanged(link);
    }
  }

  @Override
  public void failed(Throwable cause) {
    link.end(Optional.of(LinkFailure.of(link, begun, cause)));
  }

  /** What the link's keys say to its listener. */
  record KeyNews(SealedLink link, LinkListener listener) implements LinkKeyring.Events {
    @Override
    public void changed(NewKeys keys) {
      listener.keysChanged(link, keys);
    }

    @Override
    public void declined(Suite suite) {
      listener.declined(link, suite);
    }

    @Override
    public void exchangeOver() {
      listener.exchangeOver(link);
    }

    @Override
    public void stopped() {
      link.stopped();
    }

    @Override
    public void anew() {
      link.anew();
    }

    @Override
    public void failed(Throwable cause) {
      link.end(Optional.of(LinkFailure.of(link, true, cause)));
    }
  }
}
