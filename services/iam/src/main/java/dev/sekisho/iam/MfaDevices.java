package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeactivateMFADeviceRequest;
import dev.sekisho.contract.iam.DeactivateMFADeviceResponse;
import dev.sekisho.contract.iam.EnableMFADeviceRequest;
import dev.sekisho.contract.iam.EnableMFADeviceResponse;
import dev.sekisho.contract.iam.GetMFADeviceRequest;
import dev.sekisho.contract.iam.GetMFADeviceResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListMFADevicesRequest;
import dev.sekisho.contract.iam.ListMFADevicesResponse;
import dev.sekisho.contract.iam.MFADevice;
import dev.sekisho.contract.iam.ResyncMFADeviceRequest;
import dev.sekisho.contract.iam.ResyncMFADeviceResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** The devices of users and of the root user, whatever kind they are. */
final class MfaDevices implements IamApi.MfaDevices {

  /** How many devices a user or the root user can have. */
  static final int QUOTA = 8;

  private final IamContext iam;
  private final MfaCodes codes;

  MfaDevices(IamContext iam) {
    this.iam = iam;
    this.codes = new MfaCodes(iam.database(), iam.keyring(), iam.clock());
  }

  @Override
  public Guarded<EnableMFADeviceResponse> enableMFADevice(Call<EnableMFADeviceRequest> call) {
    EnableMFADeviceRequest input = call.input();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ -> {
          // What is refused without them must not use up the codes.
          iam.database().read(handle -> requireAssignable(handle, call));
          align(input.serialNumber(), input.authenticationCode1(), input.authenticationCode2());
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            CredentialOwner owner = requireAssignable(handle, call);
            MfaDeviceStore.assign(
                handle, input.serialNumber(), call.account(), owner.id(), iam.now());
            iam.changed(transaction);
            return EnableMFADeviceResponse.builder().build();
          });
        });
  }

  private static CredentialOwner requireAssignable(
      Handle handle, Call<EnableMFADeviceRequest> call) {
    EnableMFADeviceRequest input = call.input();
    CredentialOwner owner = CredentialOwner.require(handle, call, input.userName());
    String serial = input.serialNumber();
    MfaDevice device =
        MfaDeviceStore.find(handle, serial)
            .filter(found ->
                found.showsCodes()
                    && (found.account() == null || found.account().equals(call.account())))
            .orElseThrow(() ->
                IamErrors.noSuchEntity(
                    "MFADevice with serial number " + serial + " doesn't exist."));
    if (device.ownerId() != null) {
      throw new ServiceException("EntityAlreadyExists", 409, "MFA Device is already in use.");
    }
    requireRoom(handle, owner);
    return owner;
  }

  /**
   * Refuses one device more than an owner can have.
   *
   * @throws ServiceException LimitExceeded
   */
  static void requireRoom(Handle handle, CredentialOwner owner) {
    if (MfaDeviceStore.ofOwner(handle, owner.id()).size() >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for MFADevicesPerUser: " + QUOTA);
    }
  }

  private void align(String serial, String first, String second) {
    switch (codes.align(serial, first, second)) {
      case ACCEPTED -> {}
      case WRONG_CODE, UNKNOWN_DEVICE ->
          throw new ServiceException(
              "InvalidAuthenticationCode", 403, "Authentication code for device is not valid.");
      case TOO_MANY_FAILURES -> throw IamErrors.throttled();
    }
  }

  @Override
  public Guarded<ResyncMFADeviceResponse> resyncMFADevice(Call<ResyncMFADeviceRequest> call) {
    ResyncMFADeviceRequest input = call.input();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ -> {
          iam.database()
              .read(handle -> {
                MfaDevice device =
                    requireOwned(
                        handle,
                        CredentialOwner.require(handle, call, input.userName()),
                        input.serialNumber());
                if (!device.showsCodes()) {
                  throw invalid();
                }
                return device;
              });
          align(input.serialNumber(), input.authenticationCode1(), input.authenticationCode2());
          return Outcome.change(_ -> ResyncMFADeviceResponse.builder().build());
        });
  }

  @Override
  public Guarded<DeactivateMFADeviceResponse> deactivateMFADevice(
      Call<DeactivateMFADeviceRequest> call) {
    DeactivateMFADeviceRequest input = call.input();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              CredentialOwner owner = CredentialOwner.require(handle, call, input.userName());
              MfaDeviceStore.release(handle, requireOwned(handle, owner, input.serialNumber()));
              iam.changed(transaction);
              return DeactivateMFADeviceResponse.builder().build();
            }));
  }

  @Override
  public Guarded<GetMFADeviceResponse> getMFADevice(Call<GetMFADeviceRequest> call) {
    GetMFADeviceRequest input = call.input();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ ->
            iam.database()
                .read(handle -> {
                  CredentialOwner owner = CredentialOwner.require(handle, call, input.userName());
                  MfaDevice device = requireOwned(handle, owner, input.serialNumber());
                  return Outcome.answer(
                      GetMFADeviceResponse.builder()
                          .userName(owner.name())
                          .serialNumber(device.serial())
                          .enableDate(device.enabledAt())
                          .certifications(device.showsCodes() ? null : Map.of("FIDO", "FIDO2"))
                          .build());
                }));
  }

  @Override
  public Guarded<ListMFADevicesResponse> listMFADevices(Call<ListMFADevicesRequest> call) {
    ListMFADevicesRequest input = call.input();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ -> {
          String selection = Objects.requireNonNullElse(input.userName(), "");
          PageRequest request =
              PageRequest.of(call, iam.pages(), selection, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                CredentialOwner owner = CredentialOwner.require(handle, call, input.userName());
                List<MFADevice> found =
                    MfaDeviceStore.ofOwner(handle, owner.id()).stream()
                        .filter(device -> device.serial().compareTo(request.after()) > 0)
                        .sorted(Comparator.comparing(MfaDevice::serial))
                        .limit(request.limit() + 1L)
                        .map(device ->
                            MFADevice.builder()
                                .userName(owner.name())
                                .serialNumber(device.serial())
                                .enableDate(device.enabledAt())
                                .build())
                        .toList();
                PageRequest.Page<MFADevice> page =
                    request.cut(found, iam.pages(), MFADevice::serialNumber);
                return Outcome.answer(
                    ListMFADevicesResponse.builder()
                        .mfaDevices(page.items())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static MfaDevice requireOwned(Handle handle, CredentialOwner owner, String serial) {
    return MfaDeviceStore.find(handle, serial)
        .filter(device -> owner.id().equals(device.ownerId()))
        .orElseThrow(MfaDevices::invalid);
  }

  private static ServiceException invalid() {
    return IamErrors.noSuchEntity("MFA Device invalid for user.");
  }
}
