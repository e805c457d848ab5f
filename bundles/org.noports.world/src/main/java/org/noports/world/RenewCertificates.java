package org.noports.world;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.identity.CertificateAuthority;
import org.noports.api.world.WorldCertificates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Renews what ends soon and changes the CA's generation: CA first, then who is to trust it, then
 * the certificates, so that at no moment somebody shows what nobody trusts.
 */
@Component
public final class RenewCertificates implements WorldCertificates {
  private final CertificateAuthority authority;
  private final Clock clock;

  @Activate
  public RenewCertificates(@Reference CertificateAuthority authority) {
    this(authority, Clock.systemUTC());
  }

  RenewCertificates(CertificateAuthority authority, Clock clock) {
    this.authority = requireNonNull(authority, "authority is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public List<CertificateLife> renew(Path world, Duration ahead) throws NoPortsException {
    return spreadAndRenew(WorldFolder.of(world), clock.instant().plus(ahead));
  }

  @Override
  public List<CertificateLife> rotate(Path world) throws NoPortsException {
    WorldFolder folder = WorldFolder.of(world);
    authority.rotate(folder.authority());
    return spreadAndRenew(folder, clock.instant());
  }

  @Override
  public List<CertificateLife> finish(Path world) throws NoPortsException {
    WorldFolder folder = WorldFolder.of(world);
    authority.finish(folder.authority());
    return spreadAndRenew(folder, clock.instant());
  }

  private List<CertificateLife> spreadAndRenew(WorldFolder world, Instant deadline)
      throws IdentityUnusable, ConfigurationInvalid {
    try {
      world.spreadTrust();
      Path ca = world.authority();
      List<CertificateLife> lives = new ArrayList<>();
      lives.add(life(ca.resolve(CertificateAuthority.CA_CERTIFICATE), false));
      for (MachineFolder machine : world.machines()) {
        Path chain = machine.etc().resolve(MachineSettings.CERTIFICATE);
        if (Files.exists(chain)) {
          Path key = machine.etc().resolve(MachineSettings.KEY);
          lives.add(life(chain, authority.renew(ca, chain, key, deadline)));
        }
      }
      return List.copyOf(lives);
    } catch (IOException e) {
      throw new ConfigurationInvalid(
          "The certificates of " + world.folder() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private CertificateLife life(Path file, boolean renewed) throws IdentityUnusable {
    return new CertificateLife(file, authority.expiry(file), renewed);
  }
}
