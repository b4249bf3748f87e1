package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.iam.IamClient;

/** A trail of an organization takes the events of all its accounts. */
class CloudTrailOrganizationTest {

  private static final String SERVICE = "cloudtrail.amazonaws.com";

  @TempDir Path folder;

  @Test
  void membersEventsComeUnderTheOrganization() throws Exception {
    try (ArchiveServer archive = new ArchiveServer("logs");
        OrganizationFixture fixture =
            new OrganizationFixture(
                SekishoInstance.start(
                    folder.resolve("data"), options -> options.with(archive.options(folder))));
        CloudTrailClient trail = fixture.sekisho.client(CloudTrailClient.builder())) {
      fixture.organization();
      refused(
          "CloudTrailAccessNotEnabledException",
          400,
          "Trusted access between AWS CloudTrail and AWS Organizations is not enabled for your"
              + " organization.",
          () ->
              trail.createTrail(r -> r.name("all").s3BucketName("logs").isOrganizationTrail(true)));
      fixture.organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
      String member = fixture.account();
      String organization = fixture.organizations.describeOrganization().organization().id();
      trail.createTrail(r -> r.name("all").s3BucketName("logs").isOrganizationTrail(true));
      trail.startLogging(r -> r.name("all"));

      var credentials = fixture.inside(member);
      try (IamClient iam = fixture.sekisho.client(IamClient.builder(), credentials);
          CloudTrailClient theirs =
              fixture.sekisho.client(CloudTrailClient.builder(), credentials)) {
        iam.createUser(r -> r.userName("theirs"));
        Trail shown = theirs.describeTrails(r -> {}).trailList().getFirst();
        assertThat(shown.isOrganizationTrail()).isTrue();
        assertThat(shown.trailARN()).contains(SekishoInstance.ACCOUNT);
        refused(
            "NotOrganizationMasterAccountException",
            400,
            "The operation can be called by the management account of the organization only.",
            () -> theirs.stopLogging(r -> r.name(shown.trailARN())));
        refused(
            "NotOrganizationMasterAccountException",
            400,
            "The operation can be called by the management account of the organization only.",
            () ->
                theirs.createTrail(
                    r -> r.name("mine").s3BucketName("logs").isOrganizationTrail(true)));
      }
      String folderOfMember = "logs/AWSLogs/" + organization + "/" + member + "/CloudTrail/";
      archive.await(now ->
          new DeliveredFiles(now.objects())
              .records(folderOfMember).stream()
                  .anyMatch(each -> each.get("eventName").asText().equals("CreateUser")));
    }
  }
}
