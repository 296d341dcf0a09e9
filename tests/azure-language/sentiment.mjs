// Asks the address given for the sentiment of two texts with Microsoft's client and prints what it made of the answer.
import { AzureKeyCredential, TextAnalysisClient } from "@azure/ai-language-text";

const client = new TextAnalysisClient(process.argv[2], new AzureKeyCredential("key"), { allowInsecureConnection: true });
const answers = await client.analyze("SentimentAnalysis", ["a", "b"], "th", { includeOpinionMining: true, stringIndexType: "Utf16CodeUnit" });
console.log(JSON.stringify(answers));
