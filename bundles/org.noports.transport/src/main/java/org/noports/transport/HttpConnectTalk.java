package org.noports.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.api.HostPort;
import org.noports.api.network.Route;

/** HTTP's CONNECT (RFC 9110 section 9.3.6), with Basic authentication (RFC 7617). */
final class HttpConnectTalk implements ProxyTalk {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final String START = "HTTP/1.";
  private static final int SHOWN = 40;
  private static final String SETTING = "org.noports.proxy.cfg";

  private final HostPort target;
  private final Optional<Route.Login> login;
  private boolean through;

  HttpConnectTalk(HostPort target, Optional<Route.Login> login) {
    this.target = target;
    this.login = login;
  }

  @Override
  public byte[] first() {
    String head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(ISO_8859_1));
    login.ifPresent(
        it -> {
          request.writeBytes("Proxy-Authorization: Basic ".getBytes(ISO_8859_1));
          byte[] clear = credentials(it);
          byte[] encoded = Base64.getEncoder().encode(clear);
          request.writeBytes(encoded);
          request.writeBytes("\r\n".getBytes(ISO_8859_1));
          Arrays.fill(clear, (byte) 0);
          Arrays.fill(encoded, (byte) 0);
        });
    request.writeBytes("\r\n".getBytes(ISO_8859_1));
    return request.toByteArray();
  }

  private static byte[] credentials(Route.Login login) {
    byte[] user = (login.user() + ":").getBytes(UTF_8);
    byte[] password = login.password().exposeSecretBytes();
    byte[] both = Arrays.copyOf(user, user.length + password.length);
    System.arraycopy(password, 0, both, user.length, password.length);
    Arrays.fill(password, (byte) 0);
    return both;
  }

  @Override
  public Optional<byte[]> next(ByteBuf said) throws IOException {
    if (through) {
      return Optional.empty();
    }
    String text = said.toString(ISO_8859_1);
    int firstEnd = text.indexOf("\r\n");
    if (!isHttp(text, firstEnd)) {
      throw new IOException(
          "does not speak HTTP (it says '"
              + printable(text)
              + "'); check the scheme of 'url' in "
              + SETTING);
    }
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    judge(text.substring(0, firstEnd));
    said.skipBytes(end + 4);
    through = true;
    return Optional.empty();
  }

  private static boolean isHttp(String text, int firstEnd) {
    return firstEnd < 0
        ? START.startsWith(text.substring(0, Math.min(START.length(), text.length())))
        : STATUS.matcher(text.substring(0, firstEnd)).matches();
  }

  /** The beginning, without what could command a terminal. */
  private static String printable(String text) {
    return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("[^ -~]", ".");
  }

  private void judge(String line) throws IOException {
    Matcher status = STATUS.matcher(line);
    int code = status.matches() ? Integer.parseInt(status.group(1)) : 0;
    if (code / 100 == 2) {
      return;
    }
    throw new IOException(
        switch (code) {
          case 407 ->
              login.isEmpty()
                  ? "asks for user and password (407); set 'user' and 'passwordFile' in " + SETTING
                  : "does not accept the user '"
                      + login.get().user()
                      + "' with the password of 'passwordFile' in "
                      + SETTING
                      + " (407)";
          case 403, 405 ->
              "refuses to connect us to " + target + " (" + code + "); it must allow that port";
          case 502, 503, 504 -> "cannot reach " + target + " (" + code + ")";
          default -> "answers CONNECT with '" + printable(line) + "'";
        });
  }

  @Override
  public boolean isThrough() {
    return through;
  }
}
