package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateVirtualMFADeviceRequest;
import dev.sekisho.contract.iam.CreateVirtualMFADeviceResponse;
import dev.sekisho.contract.iam.DeleteVirtualMFADeviceRequest;
import dev.sekisho.contract.iam.DeleteVirtualMFADeviceResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListVirtualMFADevicesRequest;
import dev.sekisho.contract.iam.ListVirtualMFADevicesResponse;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.User;
import dev.sekisho.contract.iam.VirtualMFADevice;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Devices that are programs: made here with a seed that is shown once, listed, deleted. */
final class VirtualMfaDevices implements IamApi.VirtualMfaDevices {

  /** Forty bytes make sixty-four characters of Base32. */
  private static final int SEED = 40;

  private final IamContext iam;
  private final MfaDeviceStore store;

  VirtualMfaDevices(IamContext iam) {
    this.iam = iam;
    this.store = new MfaDeviceStore(iam.keyring());
  }

  @Override
  public Guarded<CreateVirtualMFADeviceResponse> createVirtualMFADevice(
      Call<CreateVirtualMFADeviceRequest> call) {
    CreateVirtualMFADeviceRequest input = call.input();
    String path = Objects.requireNonNullElse(input.path(), "/");
    String serial =
        Arn.of("iam", "", call.account().value(), "mfa" + path + input.virtualMFADeviceName())
            .toString();
    return Guarded.by(
        TagStore.requested(AccessCheck.of("iam:CreateVirtualMFADevice", serial), input.tags()),
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          Secret seed = iam.ids().mfaSeed(SEED);
          Secret shown = Base32.encode(seed.reveal());
          String label = input.virtualMFADeviceName() + "@" + call.account();
          byte[] png = QrCode.png(label, shown);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            if (MfaDeviceStore.find(handle, serial).isPresent()) {
              throw new ServiceException(
                  "EntityAlreadyExists",
                  409,
                  "MFADevice entity at the same path and name already exists.");
            }
            store.insert(
                handle,
                new MfaDevice(
                    serial, call.account(), MfaDevice.Kind.VIRTUAL, null, iam.now(), null, 0, -1),
                seed);
            TagStore.put(transaction, serial, tags);
            return CreateVirtualMFADeviceResponse.builder()
                .virtualMFADevice(
                    VirtualMFADevice.builder()
                        .serialNumber(serial)
                        .base32StringSeed(Blob.of(shown.reveal()))
                        .qrCodePNG(Blob.of(png))
                        .tags(TagStore.shown(tags))
                        .build())
                .build();
          });
        });
  }

  @Override
  public Guarded<DeleteVirtualMFADeviceResponse> deleteVirtualMFADevice(
      Call<DeleteVirtualMFADeviceRequest> call) {
    String serial = call.input().serialNumber();
    return Guarded.by(
        check(iam, call, serial),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              MfaDevice device = MfaDeviceStore.requireVirtual(handle, call.account(), serial);
              if (device.ownerId() != null) {
                throw IamErrors.deleteConflict("MFA VirtualDevice in use. Must deactivate first.");
              }
              MfaDeviceStore.delete(handle, serial);
              return DeleteVirtualMFADeviceResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListVirtualMFADevicesResponse> listVirtualMFADevices(
      Call<ListVirtualMFADevicesRequest> call) {
    ListVirtualMFADevicesRequest input = call.input();
    String status = Objects.requireNonNullElse(input.assignmentStatus(), "Any");
    return Guarded.by(
        AccessCheck.of("iam:ListVirtualMFADevices", "*"),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), status, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                List<MfaDevice> found =
                    MfaDeviceStore.ofAccount(handle, call.account()).stream()
                        .filter(device -> device.kind() == MfaDevice.Kind.VIRTUAL)
                        .filter(device -> fits(device, status))
                        .filter(device -> device.serial().compareTo(request.after()) > 0)
                        .sorted(Comparator.comparing(MfaDevice::serial))
                        .limit(request.limit() + 1L)
                        .toList();
                PageRequest.Page<MfaDevice> page =
                    request.cut(found, iam.pages(), MfaDevice::serial);
                return Outcome.answer(
                    ListVirtualMFADevicesResponse.builder()
                        .virtualMFADevices(
                            page.items().stream()
                                .map(device -> listed(handle, call.account(), device))
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static boolean fits(MfaDevice device, String status) {
    return switch (status) {
      case "Assigned" -> device.ownerId() != null;
      case "Unassigned" -> device.ownerId() == null;
      default -> true;
    };
  }

  private VirtualMFADevice listed(Handle handle, AccountId account, MfaDevice device) {
    return VirtualMFADevice.builder()
        .serialNumber(device.serial())
        .user(user(handle, account, device))
        .enableDate(device.enabledAt())
        .build();
  }

  private @Nullable User user(Handle handle, AccountId account, MfaDevice device) {
    String ownerId = device.ownerId();
    if (ownerId == null) {
      return null;
    }
    Entity user = CredentialOwner.byId(handle, account, ownerId).user();
    return user == null
        ? Users.shownRoot(iam, handle, account)
        : Users.shown(user, List.of(), LoginProfileStore.usedAt(handle, user.id()));
  }

  /** The check for an operation on one device. */
  static AccessCheck check(IamContext iam, Call<?> call, String serial) {
    AccessCheck check = AccessCheck.of("iam:" + call.context().operation(), serial);
    return iam.database()
        .read(handle -> {
          AccessCheck with = check;
          for (Tag tag : TagStore.of(handle, serial)) {
            with = with.with("iam:ResourceTag/" + tag.key(), tag.value());
          }
          return TagStore.carried(with, handle, serial);
        });
  }
}
