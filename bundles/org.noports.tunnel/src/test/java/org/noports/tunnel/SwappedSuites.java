package org.noports.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Subscription;
import org.noports.api.cipher.AlgorithmHandle;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.tunnel.link.JdkAlgorithms;

/** The suites of one machine, whose bundles come and go as the test says. */
final class SwappedSuites implements Suites {
  static final Suite AES = Suite.X25519_AES_256_GCM;
  static final Suite CHACHA = Suite.X25519_CHACHA20_POLY1305;
  private static final AtomicLong IDS = new AtomicLong();

  private final List<Suite> order;
  private final String kind;
  private final Map<Suite, Provider> present = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** What goes is what seals records. */
  SwappedSuites(Suite... order) {
    this(PresentAlgorithm.RECORD, order);
  }

  /** What goes is of that kind. */
  SwappedSuites(String kind, Suite... order) {
    this.kind = kind;
    this.order = List.of(order);
    this.order.forEach(this::arrive);
  }

  void arrive(Suite suite) {
    present.put(
        suite,
        new Provider(
            IDS.incrementAndGet(),
            new PresentAlgorithm(
                kind, suite.cipher(), "bundle." + suite.cipher() + " 1", "JDK", true)));
    listeners.forEach(Runnable::run);
  }

  /** The same that was denied is offered again. */
  void permit(Departure denied) {
    for (Provider provider : denied.providers()) {
      order.stream()
          .filter(suite -> suite.cipher().equals(provider.algorithm().name()))
          .forEach(suite -> present.put(suite, provider));
    }
    listeners.forEach(Runnable::run);
  }

  /** Not offered any more; what is to be said to those who hold it. */
  Departure depart(Suite suite, Departure.Reason reason, Duration within) {
    Provider gone = present.remove(suite);
    listeners.forEach(Runnable::run);
    return new Departure(Set.of(gone), reason, within);
  }

  Provider provider(Suite suite) {
    return present.get(suite);
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public List<Suite> usable() {
    List<Suite> here = new ArrayList<>(order);
    here.retainAll(present.keySet());
    return List.copyOf(here);
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    return Optional.ofNullable(present.get(suite)).map(provider -> of(suite, provider));
  }

  private static SuiteAlgorithms of(Suite suite, Provider provider) {
    SuiteAlgorithms jdk = JdkAlgorithms.BOTH.algorithms(suite).orElseThrow();
    return new SuiteAlgorithms(
        suite, new Handle(jdk.agreement(), provider), jdk.derivation(), jdk.cipher());
  }

  /** As the catalogue's: who asks it gets the provider. */
  private record Handle(KeyAgreement plugIn, Provider provider)
      implements KeyAgreement, AlgorithmHandle<KeyAgreement> {
    @Override
    public KeyShare generate() throws CipherUnavailable {
      return plugIn.generate();
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
      return plugIn.encapsulate(publicKey);
    }

    @Override
    public Held<KeyAgreement> held() {
      return new Held<>(provider, plugIn);
    }
  }

  @Override
  public Subscription onChange(Runnable changed) {
    Runnable listener = changed::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
