package org.noports.benchmarks.ciphers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import org.noports.cipher.classic.Rsa2048KeyTransport;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.WrappedKeys;

/**
 * A handshake of docs/protocol/noports.md 2.6 and 3, with an RSA key pair of its own, as each of a
 * client's sessions at level L1 has it, and not one that was made before.
 */
final class LevelOneHandshake implements ProcessorTime.Work {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY = 32;
  private static final int IV = 16;

  private final Rsa2048KeyTransport transport = new Rsa2048KeyTransport();
  private final Party client;
  private final Party device;

  LevelOneHandshake(Party client, Party device) {
    this.client = client;
    this.device = device;
  }

  @Override
  public void once() throws Exception {
    KeyPair fresh = Party.freshKeys();
    String publicKey = Base64.getEncoder().encodeToString(fresh.getPublic().getEncoded());
    NptRequest request = Requests.npt(publicKey, SignedEnvelope.RSA_2048);
    String answer = answer(client.sign(request.toJson()).toText());
    SignedEnvelope said = client.heard(device, answer);
    WrappedKeys.Twin keys =
        (WrappedKeys.Twin) SessionResponse.Connected.parse(said.payload()).keys();
    for (WrappedKeys.WrappedKey one :
        new WrappedKeys.WrappedKey[] {keys.clientToDevice(), keys.deviceToClient()}) {
      unwrap(fresh, one.key(), KEY);
      unwrap(fresh, one.iv(), IV);
    }
  }

  private String answer(String text) throws Exception {
    SignedEnvelope asked = device.heard(client, text);
    NptRequest request = NptRequest.parse(asked.payload());
    WrappedKeys.Twin keys =
        new WrappedKeys.Twin(
            wrapped(request.clientEphemeralPk()), wrapped(request.clientEphemeralPk()));
    return device.sign(new SessionResponse.Connected(request.sessionId(), keys).toJson()).toText();
  }

  private WrappedKeys.WrappedKey wrapped(String publicKey) throws Exception {
    return new WrappedKeys.WrappedKey(wrap(publicKey, KEY), wrap(publicKey, IV));
  }

  private String wrap(String publicKey, int length) throws Exception {
    byte[] secret = new byte[length];
    RANDOM.nextBytes(secret);
    byte[] text = Base64.getEncoder().encode(secret);
    return Base64.getEncoder().encodeToString(transport.wrap(publicKey, text));
  }

  private static void unwrap(KeyPair pair, String wrapped, int length) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
    byte[] text = cipher.doFinal(Base64.getDecoder().decode(wrapped));
    byte[] secret = Base64.getDecoder().decode(new String(text, US_ASCII));
    if (secret.length != length) {
      throw new IllegalStateException("unwrapped " + secret.length + " bytes");
    }
    Arrays.fill(secret, (byte) 0);
  }
}
