using ChatDesk.Tests.Fixtures;
using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Tests.Deploy;

/// <summary>The manifests against the types of the Kubernetes API: a field that does not exist, or has another type, fails.</summary>
public sealed class KubernetesTests
{
    /// <summary>Every kind the manifests use; one that is missing here fails the test that reads them.</summary>
    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Secret"] = typeof(V1Secret),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["batch/v1/CronJob"] = typeof(V1CronJob),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["rbac.authorization.k8s.io/v1/Role"] = typeof(V1Role),
        ["rbac.authorization.k8s.io/v1/RoleBinding"] = typeof(V1RoleBinding),
    };

    public static TheoryData<string> Manifests => [.. DeployFiles.Kubernetes.Where(f => !f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(DemoFolders.Root, f))];

    public static TheoryData<string> Lists => [.. DeployFiles.Kubernetes.Where(f => f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(DemoFolders.Root, f))];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_has_only_fields_that_Kubernetes_knows(string file) => Assert.NotEmpty(Read(Path.Combine(DemoFolders.Root, file)));

    [Fact]
    public void A_wrong_field_would_be_found() => Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: { replicaz: 2 }\n", Kinds, strict: true));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_file_is_in_its_list_and_every_entry_is_a_file(string file)
    {
        var folder = Path.GetDirectoryName(Path.Combine(DemoFolders.Root, file))!;
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(DemoFolders.Root, file));
        yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var named = Items(root, "resources").Select(n => n.ToString()).Concat(Items(root, "patches").Select(n => n["path"].ToString())).ToList();

        Assert.All(named, name => Assert.True(Path.Exists(Path.Combine(folder, name)), name));
        var files = Directory.GetFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)).Where(f => f != "kustomization.yaml" && !f.Contains("sample", StringComparison.Ordinal));
        Assert.Empty(files.Except(named));
    }

    [Fact]
    public void The_desk_runs_twice_is_probed_is_limited_and_has_its_secrets_as_files()
    {
        var desk = All<V1Deployment>("base").Single(d => d.Metadata.Name == "chatdesk");
        var container = Assert.Single(desk.Spec.Template.Spec.Containers);

        Assert.Equal(2, desk.Spec.Replicas);
        Assert.Equal("/readyz", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/healthz", container.LivenessProbe.HttpGet.Path);
        Assert.True(desk.Spec.Template.Spec.TerminationGracePeriodSeconds >= 20, "longer than the desk's own drain");
        var settings = All<V1ConfigMap>("base").Single(m => m.Metadata.Name == "chatdesk-settings").Data;
        Assert.Contains(container.VolumeMounts, m => m.MountPath == settings["SecretsDirectory"]);
        Assert.DoesNotContain(settings, s => s.Key.Contains("Secret__", StringComparison.Ordinal) || s.Key.Contains("ConnectionString", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_container_has_limits_and_none_may_become_root()
    {
        var pods = All<V1Deployment>("base").Select(d => d.Spec.Template.Spec)
            .Concat(All<V1StatefulSet>("base").Select(s => s.Spec.Template.Spec))
            .Concat(All<V1CronJob>("base").Select(c => c.Spec.JobTemplate.Spec.Template.Spec)).ToList();

        Assert.True(pods.Count >= 4);
        foreach (var pod in pods)
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            foreach (var container in pod.Containers)
            {
                Assert.True(container.Resources.Limits.ContainsKey("cpu") && container.Resources.Limits.ContainsKey("memory"), container.Name);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.DoesNotContain(":latest", container.Image, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<T> All<T>(string variant) => Directory.GetFiles(DeployFiles.PathOf($"kubernetes/{variant}"), "*.yaml")
        .Where(f => !f.EndsWith("kustomization.yaml", StringComparison.Ordinal)).SelectMany(Read).OfType<T>();

    private static List<object> Read(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), Kinds, strict: true);

    private static IEnumerable<YamlNode> Items(YamlMappingNode root, string name) =>
        root.Children.TryGetValue(name, out var list) ? ((YamlSequenceNode)list).Children : [];
}
