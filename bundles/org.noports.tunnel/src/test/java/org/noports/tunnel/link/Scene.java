package org.noports.tunnel.link;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.RecordType;

/**
 * What one end says on a link, piece by piece, and which piece is to be tampered with. It can be
 * said to a fresh link of the same session again and again.
 *
 * @param name of that piece
 * @param keys the hearing end's, anew for each link, which takes the root out of them
 * @param before what the hearing end does once it has heard the pieces before
 * @param pieces the preface and then one record each; the last closes
 * @param target index of the piece
 * @param clear all data that is said
 */
record Scene(
    String name,
    Supplier<Np2Keys> keys,
    Consumer<LinkEnd> before,
    List<byte[]> pieces,
    int target,
    byte[] clear) {

  /** One kind of piece: what both ends do, after the confirm records, to have it said. */
  private record Kind(
      String name, boolean fromClient, Suite hearsAnd, boolean offers, Consumer<LinkEnd> says) {}

  private static final Suite AES = Suite.X25519_AES_256_GCM;
  private static final Suite CHACHA = Suite.X25519_CHACHA20_POLY1305;

  /** All kinds of pieces in a session whose secrets come from {@code seed}. */
  static List<Scene> all(int seed, QuickAlgorithms algorithms) {
    List<Scene> scenes = new ArrayList<>();
    scenes.add(record(seed, algorithms, 0, kind("preface", end -> {})));
    scenes.add(record(seed, algorithms, 1, kind("confirm", end -> {})));
    scenes.add(record(seed, algorithms, 2, kind("data", end -> say(end, "first"))));
    scenes.add(record(seed, algorithms, 2, kind("ack", end -> end.link.ack(77))));
    scenes.add(record(seed, algorithms, 2, kind("padding", control(RecordType.PADDING, 9))));
    scenes.add(record(seed, algorithms, 2, kind("ratchet", write(SealRecords.RATCHET))));
    scenes.add(record(seed, algorithms, 2, kind("offer", offer(algorithms, AES))));
    scenes.add(record(seed, algorithms, 2, kind("switch", offer(algorithms, CHACHA))));
    scenes.add(record(seed, algorithms, 3, kind("done", offer(algorithms, AES))));
    scenes.add(record(seed, algorithms, 3, kind("switched", offer(algorithms, CHACHA))));
    scenes.add(record(seed, algorithms, 2, new Kind("answer", false, AES, true, end -> {})));
    scenes.add(
        record(seed, algorithms, 2, new Kind("switch-answer", false, CHACHA, true, e -> {})));
    scenes.add(record(seed, algorithms, 2, kind("close", end -> end.link.close())));
    return scenes;
  }

  private static Kind kind(String name, Consumer<LinkEnd> says) {
    return new Kind(name, true, AES, false, says);
  }

  private static void say(LinkEnd end, String text) {
    end.send(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    end.link.flush();
  }

  private static Consumer<LinkEnd> write(Object message) {
    return end -> end.channel.writeAndFlush(message);
  }

  private static Consumer<LinkEnd> control(RecordType type, int length) {
    return write(new SealRecords.Control(type, new byte[length]));
  }

  private static Consumer<LinkEnd> offer(QuickAlgorithms algorithms, Suite suite) {
    SuiteAlgorithms offered = algorithms.algorithms(suite).orElseThrow();
    return end -> end.link.freshKeys(offered);
  }

  private static Scene record(int seed, QuickAlgorithms algorithms, int target, Kind kind) {
    LinkEnd says = end(kind.fromClient, seed, algorithms);
    Supplier<Np2Keys> keys = () -> LinkEnd.keys(!kind.fromClient, seed, algorithms);
    LinkEnd hears = end(keys.get());
    List<byte[]> pieces = new ArrayList<>();
    byte[] hello = says.written();
    pieces.add(java.util.Arrays.copyOf(hello, 16));
    pieces.add(java.util.Arrays.copyOfRange(hello, 16, hello.length));
    hears.receive(hello);
    says.receive(hears.written());
    Consumer<LinkEnd> before = kind.offers ? offer(algorithms, kind.hearsAnd) : end -> {};
    before.accept(hears);
    says.receive(hears.written());
    kind.says.accept(says);
    for (byte[] piece = says.written(); piece.length > 0; piece = says.written()) {
      pieces.add(piece);
      hears.receive(piece);
      says.receive(hears.written());
    }
    if (!says.ended) {
      say(says, "then");
      pieces.add(says.written());
      says.link.close();
      pieces.add(says.written());
      hears.receive(pieces.get(pieces.size() - 2));
      hears.receive(pieces.get(pieces.size() - 1));
    }
    hears.channel.releaseOutbound();
    return new Scene(kind.name, keys, before, pieces, target, hears.data());
  }

  private static LinkEnd end(boolean client, int seed, QuickAlgorithms algorithms) {
    return end(LinkEnd.keys(client, seed, algorithms));
  }

  private static LinkEnd end(Np2Keys keys) {
    return new LinkEnd(keys, new SessionRoot(keys)).start();
  }

  byte[] piece() {
    return pieces.get(target);
  }

  /** All that is said from the target on. */
  List<byte[]> rest() {
    return pieces.subList(target, pieces.size());
  }

  /** All that is said before it. */
  byte[] start() {
    return Tampering.join(pieces.subList(0, target));
  }

  /** A fresh link hears this instead of the rest, and then nothing more. */
  LinkEnd hear(byte[] start, byte[] tampered) {
    LinkEnd hears = end(keys.get());
    if (start.length > 0) {
      hears.channel.writeInbound(Unpooled.wrappedBuffer(start));
      before.accept(hears);
    }
    if (hears.channel.isOpen()) {
      hears.channel.writeInbound(Unpooled.wrappedBuffer(tampered));
    }
    hears.channel.close();
    hears.channel.releaseOutbound();
    return hears;
  }

  @Override
  public String toString() {
    return name;
  }
}
