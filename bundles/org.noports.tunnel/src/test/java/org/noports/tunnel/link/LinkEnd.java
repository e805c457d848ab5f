package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.Suites;

/** One end of a link on a channel without a network, and what its listener heard. */
final class LinkEnd implements LinkListener {
  final EmbeddedChannel channel = new EmbeddedChannel();
  final ByteBuf data = Unpooled.buffer();
  final List<Long> acks = new ArrayList<>();
  final List<String> news = new ArrayList<>();
  final Np2Keys keys;
  final SessionRoot root;
  Optional<NoPortsException> why = Optional.empty();
  Runnable whenOpened = () -> {};
  boolean opened;
  boolean ended;
  int endings;
  SealedLink link;

  LinkEnd(Np2Keys keys, SessionRoot root) {
    this.keys = keys;
    this.root = root;
  }

  /** An end of the test's session, with {@code seed} in its secrets. */
  static LinkEnd of(boolean client, int seed, JdkAlgorithms algorithms) {
    Np2Keys keys = keys(client, seed, algorithms);
    return new LinkEnd(keys, new SessionRoot(keys));
  }

  static Np2Keys keys(boolean client, int seed, Suites algorithms) {
    return new Np2Keys(
        client,
        algorithms.algorithms(algorithms.usable().get(0)).orElseThrow(),
        algorithms,
        bytes(seed),
        Secret.owning(bytes(seed + 1)),
        Secret.owning(bytes(seed + 2)),
        Secret.owning(bytes(seed + 3)),
        Secret.owning(bytes(seed + 4)),
        Secret.owning(bytes(seed + 5)));
  }

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  LinkEnd start(int number, LinkLimits limits) {
    try {
      link = SealedLink.start(channel, new LinkPlan(keys, root, number, limits), this);
      return this;
    } catch (CipherUnavailable e) {
      throw new AssertionError(e);
    }
  }

  LinkEnd start() {
    return start(0, LinkLimits.DEFAULT);
  }

  void send(byte[] bytes) {
    link.send(Unpooled.copiedBuffer(bytes));
  }

  /** All that this end has written since the last time. */
  byte[] written() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return ByteBufUtil.getBytes(all);
  }

  /** Bytes that come from the relay in one read. */
  void receive(byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
    }
  }

  byte[] data() {
    return ByteBufUtil.getBytes(data);
  }

  /** Gives each what the other wrote until neither says anything more. */
  static void exchange(LinkEnd one, LinkEnd other) {
    byte[] there = one.written();
    byte[] back = other.written();
    while (there.length + back.length > 0) {
      other.receive(there);
      one.receive(back);
      there = one.written();
      back = other.written();
    }
  }

  @Override
  public void opened(Link self) {
    opened = true;
    whenOpened.run();
  }

  @Override
  public void data(Link self, ByteBuf clear) {
    data.writeBytes(clear);
    clear.release();
  }

  @Override
  public void acked(Link self, long offset) {
    acks.add(offset);
  }

  @Override
  public void readComplete(Link self) {}

  @Override
  public void writabilityChanged(Link self) {}

  @Override
  public void stopped(Link self) {
    opened = false;
    news.add("stopped");
  }

  @Override
  public void keysChanged(Link self, NewKeys changed) {
    news.add("changed " + changed.suite().cipher());
  }

  @Override
  public void declined(Link self, Suite suite) {
    news.add("declined " + suite.cipher());
  }

  @Override
  public void ended(Link self, Optional<NoPortsException> failure) {
    ended = true;
    endings++;
    why = failure;
  }
}
