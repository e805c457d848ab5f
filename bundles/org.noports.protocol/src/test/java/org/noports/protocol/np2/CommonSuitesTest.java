package org.noports.protocol.np2;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.tunnel.Suite;

/** What a session may move to, as bundles of ours and of others come and go. */
public class CommonSuitesTest {
  private static final Suite FOREIGN = Suite.of("x25519+sha256+aes128gcm");

  private final List<PresentAlgorithm> present = new ArrayList<>();

  private CipherCatalogue catalogue() {
    return (CipherCatalogue)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CipherCatalogue.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("present")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return List.copyOf(present);
            });
  }

  private CommonSuites agreed(Suite... suites) {
    return CommonSuites.of(() -> Optional.of(catalogue()), List.of(suites));
  }

  private void bring(String kind, String name, String bundle) {
    boolean foreign = !bundle.startsWith("org.noports.");
    present.add(new PresentAlgorithm(kind, name, bundle, "JDK", foreign));
  }

  private void bringOurs(String cipher) {
    bring(PresentAlgorithm.RECORD, cipher, "org.noports.cipher.modern 1");
    bring(PresentAlgorithm.KEY_AGREEMENT, "x25519", "org.noports.cipher.modern 1");
    bring(PresentAlgorithm.KEY_DERIVATION, "sha256", "org.noports.cipher.modern 1");
  }

  @Test
  public void aSessionThatAgreedOnAForeignSuiteMayUseItAndSaysSo() {
    bringOurs("aes256gcm");
    bring(PresentAlgorithm.RECORD, "aes128gcm", "com.example.cipher 1");
    CommonSuites suites = agreed(FOREIGN, Suite.X25519_AES_256_GCM);
    assertThat(suites.foreign(), is(true));
    assertThat(suites.usable(), contains(FOREIGN, Suite.X25519_AES_256_GCM));
  }

  @Test
  public void oneThatBeganWithoutNeverMovesToWhatAThirdPartyBringsLater() {
    bringOurs("aes256gcm");
    CommonSuites suites = agreed(Suite.X25519_AES_256_GCM);
    assertThat(suites.foreign(), is(false));
    present.removeIf(what -> what.kind().equals(PresentAlgorithm.RECORD));
    bring(PresentAlgorithm.RECORD, "aes256gcm", "com.example.cipher 1");
    assertThat(suites.usable(), empty());
    present.clear();
    bringOurs("aes256gcm");
    assertThat(suites.usable(), contains(Suite.X25519_AES_256_GCM));
  }

  @Test
  public void aForeignHashMakesASuiteForeign() {
    bring(PresentAlgorithm.RECORD, "aes256gcm", "org.noports.cipher.modern 1");
    bring(PresentAlgorithm.KEY_AGREEMENT, "x25519", "org.noports.cipher.modern 1");
    bring(PresentAlgorithm.KEY_DERIVATION, "sha256", "com.example.hash 1");
    assertThat(agreed(Suite.X25519_AES_256_GCM).foreign(), is(true));
  }
}
