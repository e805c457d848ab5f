package org.noports.tunnel;

import java.util.Optional;
import java.util.Set;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.SessionKeys;
import org.noports.protocol.relay.ControlMessage.Connect;
import org.noports.protocol.relay.ControlMessage.ConnectLegacy;
import org.noports.protocol.relay.ControlMessage.ConnectTwin;
import org.noports.protocol.relay.ControlMessage.StreamKey;

/**
 * The two key streams of one channel to the relay, as one end sees them. Held for as long as the
 * channel is open: a cipher bundle that leaves takes nothing from it.
 *
 * @param sealing what we send
 * @param opening what we receive
 * @param providers who made them
 */
record Directions(KeyStream sealing, KeyStream opening, Set<Provider> providers)
    implements AutoCloseable {
  /** Of streams that no bundle brought. */
  Directions(KeyStream sealing, KeyStream opening) {
    this(sealing, opening, Set.of());
  }

  /** For the control channel, under the session's own keys. */
  static Directions ofControl(SessionKeys keys, boolean client) throws CipherUnavailable {
    DirectionKey there = keys.clientToDevice();
    DirectionKey back = keys.deviceToClient();
    Directions atClient = start(keys.cipher(), there.key(), there.iv(), back.key(), back.iv());
    return client ? atClient : atClient.reversed();
  }

  /** For a connection, under the keys of its connect message. */
  static Directions ofConnection(StreamCipher cipher, Connect message, boolean client)
      throws CipherUnavailable {
    StreamKey there;
    StreamKey back;
    if (message instanceof ConnectTwin twin) {
      there = twin.clientToDevice();
      back = twin.deviceToClient();
    } else if (message instanceof ConnectLegacy legacy) {
      there = legacy.both();
      back = legacy.both();
    } else {
      throw new IllegalArgumentException("A connection without keys cannot be sealed");
    }
    Directions atClient = start(cipher, there.key(), there.iv(), back.key(), back.iv());
    return client ? atClient : atClient.reversed();
  }

  private static Directions start(
      StreamCipher cipher, Secret there, byte[] thereIv, Secret back, byte[] backIv)
      throws CipherUnavailable {
    Optional<Held<StreamCipher>> held = Held.of(cipher);
    StreamCipher plugIn = held.map(Held::plugIn).orElse(cipher);
    KeyStream sealing = plugIn.start(there, thereIv);
    try {
      return new Directions(sealing, plugIn.start(back, backIv), providersOf(held));
    } catch (CipherUnavailable e) {
      sealing.close();
      throw e;
    }
  }

  /**
   * Who was told to leave what these were made of found nobody before somebody held their channel;
   * so ask again behind that.
   *
   * @throws CipherUnavailable if what made them is not offered any more
   */
  void confirm(StreamCipher cipher) throws CipherUnavailable {
    if (!providersOf(Held.of(cipher)).equals(providers)) {
      throw new CipherUnavailable(
          "The bundle that computes the stream cipher was taken away or replaced while the relay was"
              + " dialled; try again");
    }
  }

  private static Set<Provider> providersOf(Optional<Held<StreamCipher>> held) {
    return held.map(Held::provider).map(Set::of).orElse(Set.of());
  }

  private Directions reversed() {
    return new Directions(opening, sealing, providers);
  }

  /** Only for keys that no channel has taken over. */
  @Override
  public void close() {
    sealing.close();
    opening.close();
  }
}
