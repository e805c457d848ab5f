package org.noports.protocol.relay;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What a relay saw of the client's socket that it has joined with a device's: one line on the
 * device's connection, before all else, signed by the relay's encryption key; ours alone
 * (docs/protocol/noports.md 4.9).
 *
 * @param relay who says so
 * @param session of which session both are
 * @param client whose socket it is, as it has proven
 * @param nonce the device's, of this connection
 * @param address where that socket comes from; empty if it had to prove nothing, or the relay does
 *     not tell
 */
public record Sighting(
    AtSign relay, SessionId session, AtSign client, String nonce, Optional<InetAddress> address) {
  /** The longest line, without its newline; the usual one has 600 bytes. */
  public static final int MAX_BYTES = 2048;

  private static final String FIELD = "observed";

  private static final Pattern NONCE = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");

  /** As an address is written, so that no name is ever looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|(?=.*:)[0-9a-fA-F:.]{2,45}");

  public Sighting {
    requireNonNull(relay, "relay is null");
    requireNonNull(session, "session is null");
    requireNonNull(client, "client is null");
    requireNonNull(nonce, "nonce is null");
    requireNonNull(address, "address is null");
  }

  /** Whether a relay answers to it. */
  public static boolean isNonce(String text) {
    return NONCE.matcher(text).matches();
  }

  /**
   * The line, without its newline.
   *
   * @param signer RSASSA-PKCS1-v1_5 with SHA-256 by the relay's encryption private key
   */
  public String sign(UnaryOperator<byte[]> signer) {
    JsonObject seen =
        JsonObject.builder()
            .put("relay", relay.name())
            .put("sessionId", session.toString())
            .put("client", client.name())
            .put("nonce", nonce)
            .putIfPresent("address", address.map(Sighting::text))
            .build();
    return SignedEnvelope.sign(JsonObject.builder().put(FIELD, seen).build(), signer).toText();
  }

  /** Without the name of an interface, which says nothing elsewhere. */
  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  /** Reads what stands in a line; whether the relay has signed it is still to be verified. */
  public static Sighting of(SignedEnvelope envelope) throws ProtocolViolation {
    JsonObject seen = envelope.payload().requireObject(FIELD);
    return new Sighting(
        seen.requireText("relay", AtSign::of),
        seen.requireText("sessionId", SessionId::of),
        seen.requireText("client", AtSign::of),
        seen.requireText("nonce"),
        seen.text("address", Sighting::address));
  }

  private static InetAddress address(String text) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException e) {
      // Falls through to the one error.
    }
    throw new IllegalArgumentException("it is not written as an address");
  }
}
