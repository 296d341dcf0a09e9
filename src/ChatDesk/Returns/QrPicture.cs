using System.Globalization;
using System.Text;
using QRCoder;

namespace ChatDesk.Returns;

/// <summary>A QR code as the outline of its dark fields: a page draws it as one SVG path, with nothing inline and nothing fetched.</summary>
/// <param name="Size">Fields on each side, with the quiet zone.</param>
/// <param name="Path">In units of one field.</param>
internal sealed record QrPicture(int Size, string Path)
{
    public static QrPicture Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var length = 1;
                while (x + length < rows.Count && rows[y][x + length]) length++;
                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{length}v1h-{length}z");
                x += length;
            }
        }
        return new(rows.Count, path.ToString());
    }
}
