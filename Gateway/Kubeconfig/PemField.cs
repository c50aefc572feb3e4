using System.Text;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>PEM text with the field it came from, for complaints about what is in it.</summary>
internal sealed record PemField(string Field, string Text)
{
    /// <summary>Reads <c>field-data</c> (base64, which wins) or the file that <c>field</c> names; null when there is neither.</summary>
    public static PemField? Read(KubeconfigNode node, string field)
    {
        var dataField = field + "-data";
        if (node.Text(dataField) is { Length: > 0 } data)
        {
            try
            {
                return new PemField(dataField, Encoding.UTF8.GetString(Convert.FromBase64String(data)));
            }
            catch (FormatException e)
            {
                throw node.Error(dataField, $"is not base64. Encode the PEM file with base64 -w0, or name the file in {field}.", e);
            }
        }

        if (node.Text(field) is not { Length: > 0 } name)
        {
            return null;
        }

        var path = node.Resolve(name);
        try
        {
            return new PemField($"{field} ({path})", File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw node.Error(field, e is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no file {path}."
                : $"{path} cannot be read: {e.Message}", e);
        }
    }
}
